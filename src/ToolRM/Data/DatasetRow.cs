using System.Globalization;
using System.Text.Json;
using ToolRM.ToolCalls.Parsing;

namespace ToolRM.Data;

/// <summary>One row of a dataset, whose columns are read with errors that name file, line and column.</summary>
internal sealed class DatasetRow(string file, long line, JsonElement root)
{
    /// <summary>The file's name.</summary>
    public string File => file;

    /// <summary>The line number from 1.</summary>
    public long Line => line;

    /// <summary>The names of the columns, for messages.</summary>
    public string Columns => JsonPath.Names(root);

    /// <summary>The row's id: its first column of these names that holds one, or else its line number.</summary>
    public string ReadId(params ReadOnlySpan<string> columns)
    {
        foreach (string column in columns)
        {
            if (root.TryGetProperty(column, out JsonElement id) && id.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            {
                return id.ToString();
            }
        }

        return line.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Whether the row has a column, with any value.</summary>
    public bool Has(string column) => root.TryGetProperty(column, out _);

    /// <summary>Reads a column that must be there.</summary>
    public T Read<T>(string column, Func<JsonElement, JsonPath, T> read)
    {
        JsonElement value = Get(column);
        try
        {
            return read(value, new JsonPath());
        }
        catch (ToolFormatException error)
        {
            throw new DatasetException(file, line, column, error.Path == "$" ? error.Reason : error.Message, error);
        }
    }

    /// <summary>The value of a column that must be there.</summary>
    public JsonElement Get(string column) => root.TryGetProperty(column, out JsonElement value)
        ? value
        : throw Error(column, $"the row has no such column, only {Columns}");

    /// <summary>The text of a column; <see langword="null"/> if it is absent or null.</summary>
    public string? ReadText(string column) =>
        root.TryGetProperty(column, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? Read(column, static (element, path) => path.String(element))
            : null;

    /// <summary>A finite number; 0 if the column is absent or null.</summary>
    public double ReadNumber(string column) =>
        root.TryGetProperty(column, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? Read(column, static (element, path) => element.ValueKind == JsonValueKind.Number && double.IsFinite(element.GetDouble())
                ? element.GetDouble()
                : throw path.Error("a finite number", element))
            : 0;

    /// <summary>The tools of column <c>tools</c>: an array, or one as JSON in a string; none if the column is absent or null.</summary>
    public IReadOnlyList<Tool> ReadTools() => Has("tools") ? Read("tools", ToolReader.ReadAll) : [];

    /// <summary>A conversation: an array of messages, the same as JSON in a string, or the text of a user message.</summary>
    public IReadOnlyList<ChatMessage> ReadConversation(string column) => Read(column, static (element, path) =>
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            return MessageReader.ReadAll(element, path);
        }

        string text = element.GetString()!;
        return JsonInput.TryParse(text, out JsonElement inner) && inner.ValueKind == JsonValueKind.Array
            ? MessageReader.ReadAll(inner, path)
            : [ChatMessage.User(text)];
    });

    /// <summary>An error in a column, or in the row if that is <see langword="null"/>.</summary>
    public DatasetException Error(string? column, string reason) => new(file, line, column, reason);
}
