using System.Text.Json;
using ToolRM.ToolCalls.Comparison;
using ToolRM.ToolCalls.Schemas;

namespace ToolRM.Verification.Schemas;

/// <summary>Values as texts, to compare them whatever type they are written as: 5, 5.0 and "5" are one.</summary>
internal static class ValueText
{
    /// <summary>The text of a value: a string's content, whole numbers in digits only, lists and objects in canonical JSON.</summary>
    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => JsonNumber.Plain(value) ?? value.GetRawText(),
        JsonValueKind.Array or JsonValueKind.Object => CanonicalJson.Text(value),
        JsonValueKind.Undefined => "",
        _ => value.GetRawText(),
    };
}
