using System.Text.Json;

namespace ToolRM.Checkpoints;

/// <summary>
/// The properties of a JSON object in a file of unknown origin, with their types checked. A property that is null counts
/// as one that is not there, as in the Python that writes these files.
/// </summary>
internal readonly struct JsonFields(JsonElement element, string path, string where = "")
{
    /// <summary>Parses a whole file.</summary>
    /// <exception cref="CheckpointException">It is not JSON, or not an object.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json, string path)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 32 });
        }
        catch (JsonException exception)
        {
            throw new CheckpointException(path, $"is not valid JSON: {CheckpointException.Printable(exception.Message)}", null, exception);
        }

        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            document.Dispose();
            throw new CheckpointException(path, "must hold a JSON object");
        }

        return document;
    }

    public bool Has(string name) => TryGet(name, out _);

    /// <summary>Whether the property is written down, be it as null.</summary>
    public bool Mentions(string name) => element.TryGetProperty(name, out _);

    public JsonElement? Element(string name) => TryGet(name, out JsonElement value) ? value : null;

    public string? Text(string name) =>
        !TryGet(name, out JsonElement value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw Wrong(name, "a string", value);

    public bool? Flag(string name) =>
        !TryGet(name, out JsonElement value) ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : throw Wrong(name, "true or false", value);

    public int? Integer(string name) =>
        !TryGet(name, out JsonElement value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number
        : throw Wrong(name, "a whole number of at most 2147483647", value);

    public double? Number(string name) =>
        !TryGet(name, out JsonElement value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number) ? number
        : throw Wrong(name, "a number", value);

    public int RequiredInteger(string name) => Integer(name) ?? throw Missing(name);

    public double RequiredNumber(string name) => Number(name) ?? throw Missing(name);

    public JsonFields? Section(string name) =>
        !TryGet(name, out JsonElement value) ? null
        : value.ValueKind == JsonValueKind.Object ? new JsonFields(value, path, $"{where}{name}.")
        : throw Wrong(name, "an object", value);

    /// <summary>The strings of an array; empty if there is none.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        if (!TryGet(name, out JsonElement value))
        {
            return [];
        }

        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
            : throw Wrong(name, "an array of strings", value);
    }

    public CheckpointException Error(string problem) => new(path, problem);

    private CheckpointException Missing(string name) => new(path, $"'{where}{name}' is missing");

    private CheckpointException Wrong(string name, string expected, JsonElement found) =>
        new(path, $"'{where}{name}' must be {expected}, but is {CheckpointException.Printable(found.GetRawText())}");

    private bool TryGet(string name, out JsonElement value) =>
        element.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
}
