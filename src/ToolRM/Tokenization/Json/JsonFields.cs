using System.Text;
using System.Text.Json;

namespace ToolRM.Tokenization.Json;

/// <summary>Typed access to the fields of a JSON object, with errors that name the field.</summary>
internal static class JsonFields
{
    /// <summary>The field, or <see langword="null"/> if it is absent or null.</summary>
    public static JsonElement? Find(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement found) && found.ValueKind != JsonValueKind.Null ? found : null;

    public static JsonElement FindObject(JsonElement parent, string name) => Require(Find(parent, name), name, JsonValueKind.Object);

    public static JsonElement FindArray(JsonElement parent, string name) => Require(Find(parent, name), name, JsonValueKind.Array);

    public static string FindString(JsonElement parent, string name) =>
        Require(Find(parent, name), name, JsonValueKind.String).GetString()!;

    public static bool FindFlag(JsonElement parent, string name, bool absent)
    {
        if (Find(parent, name) is not { } found)
        {
            return absent;
        }

        bool isFlag = found.ValueKind is JsonValueKind.True or JsonValueKind.False;
        return isFlag ? found.GetBoolean() : throw Wrong(name, "true or false", found.ValueKind);
    }

    /// <summary>The name of a component: its field <c>type</c>.</summary>
    public static string TypeOf(JsonElement component, string where)
    {
        _ = Require(component, where, JsonValueKind.Object);
        return FindString(component, "type");
    }

    public static JsonElement Require(JsonElement? element, string name, JsonValueKind kind)
    {
        JsonValueKind found = element?.ValueKind ?? JsonValueKind.Undefined;
        return found == kind ? element!.Value : throw Wrong(name, kind.ToString().ToLowerInvariant(), found);
    }

    /// <summary>A string of the file, quoted for a message: shortened, and without characters that could disturb a terminal.</summary>
    public static string Quote(ReadOnlySpan<char> text)
    {
        const int Shown = 80;
        var quoted = new StringBuilder("\"");
        foreach (char character in text[..Math.Min(text.Length, Shown)])
        {
            _ = char.IsControl(character) || char.IsSurrogate(character) ? quoted.Append('?') : quoted.Append(character);
        }

        return quoted.Append(text.Length > Shown ? "...\"" : "\"").ToString();
    }

    private static TokenizerFormatException Wrong(string name, string expected, JsonValueKind found) =>
        new($"In the tokenizer.json, \"{name}\" should be {expected} but is "
            + (found == JsonValueKind.Undefined ? "missing or null." : $"{found}."));
}
