using System.Text.Json;

namespace ToolRM.ToolCalls.Parsing;

/// <summary>Lookups in JSON whose shape is not known.</summary>
internal static class JsonElementExtensions
{
    /// <summary>
    /// The property of that name if <paramref name="owner"/> is an object that has it with a value of that kind;
    /// otherwise an undefined element.
    /// </summary>
    public static JsonElement Get(this JsonElement owner, string name, JsonValueKind kind) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == kind
            ? value
            : default;

    /// <summary>Whether <paramref name="owner"/> is an object that has a property of that name and kind.</summary>
    public static bool Has(this JsonElement owner, string name, JsonValueKind kind) => owner.Get(name, kind).ValueKind == kind;
}
