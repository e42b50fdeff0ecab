using System.Text.Json;

namespace ToolRM.ToolCalls.Parsing;

/// <summary>
/// Reads tools: <c>{"type":"function","function":{…}}</c> or the flat <c>{"name","description","parameters"}</c>, with
/// the schema under <c>parameters</c>, <c>input_schema</c> or <c>inputSchema</c>.
/// </summary>
internal static class ToolReader
{
    private static readonly string[] _schemaNames = ["parameters", "input_schema", "inputSchema"];

    /// <summary>Reads a catalog: an array of tools, the same as JSON in a string, or <c>null</c> for none.</summary>
    public static IReadOnlyList<Tool> ReadAll(JsonElement element, JsonPath path)
    {
        if (element.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        JsonElement array = element.ValueKind == JsonValueKind.String ? JsonInput.Parse(element.GetString()!, path) : element;
        if (array.ValueKind != JsonValueKind.Array)
        {
            throw path.Error("an array of tools", array);
        }

        var tools = new Tool[array.GetArrayLength()];
        int index = 0;
        foreach (JsonElement item in array.EnumerateArray())
        {
            tools[index] = Read(item, path.Push(index));
            path.Pop();
            index++;
        }

        return tools;
    }

    /// <summary>Reads one tool.</summary>
    public static Tool Read(JsonElement element, JsonPath path)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw path.Error("a tool object", element);
        }

        if (!element.TryGetProperty("function", out JsonElement function))
        {
            return ReadFunction(element, path);
        }

        Tool tool = ReadFunction(function, path.Push("function"));
        path.Pop();
        return tool;
    }

    private static Tool ReadFunction(JsonElement element, JsonPath path)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw path.Error("a function object", element);
        }

        if (!element.TryGetProperty("name", out JsonElement name))
        {
            throw path.Missing("a tool with 'name'", element);
        }

        string text = path.Push("name").String(name);
        if (text.Length == 0)
        {
            throw path.Error("expected the name of a function, found an empty string");
        }

        path.Pop();
        return new Tool(text, ReadDescription(element, path), ReadSchema(element, path));
    }

    private static string? ReadDescription(JsonElement element, JsonPath path)
    {
        if (!element.TryGetProperty("description", out JsonElement description) || description.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        string text = path.Push("description").String(description);
        path.Pop();
        return text;
    }

    private static JsonElement ReadSchema(JsonElement element, JsonPath path)
    {
        foreach (string name in _schemaNames)
        {
            if (element.TryGetProperty(name, out JsonElement schema) && schema.ValueKind != JsonValueKind.Null)
            {
                return schema.ValueKind == JsonValueKind.Object ? schema : throw path.Push(name).Error("a JSON Schema object", schema);
            }
        }

        return default;
    }
}
