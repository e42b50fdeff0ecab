using System.Text.Json;

namespace ToolRM.ToolCalls.Parsing;

/// <summary>
/// Reads tool calls: <c>{"id","type":"function","function":{"name","arguments"}}</c>, the flat
/// <c>{"name","arguments"}</c> or <c>{"name","parameters"}</c>, and BFCL's one-key <c>{"name":{arguments}}</c>.
/// </summary>
internal static class CallReader
{
    /// <summary>Arguments may be JSON inside a string inside a string: some servers encode them twice.</summary>
    private const int MaxQuoting = 3;

    /// <summary>Reads an array of calls.</summary>
    public static IReadOnlyList<ToolCall> ReadAll(JsonElement array, JsonPath path)
    {
        if (array.ValueKind != JsonValueKind.Array)
        {
            throw path.Error("an array of tool calls", array);
        }

        var calls = new ToolCall[array.GetArrayLength()];
        int index = 0;
        foreach (JsonElement item in array.EnumerateArray())
        {
            calls[index] = Read(item, path.Push(index));
            path.Pop();
            index++;
        }

        return calls;
    }

    /// <summary>Reads one call.</summary>
    public static ToolCall Read(JsonElement element, JsonPath path)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw path.Error("a tool call object", element);
        }

        string? id = element.Has("id", JsonValueKind.String) ? element.GetProperty("id").GetString() : null;
        if (element.TryGetProperty("function", out JsonElement function) && IsNamed(function))
        {
            ToolCall call = ReadNamed(function, argumentsOptional: true, path.Push("function"));
            path.Pop();
            return call with { Id = id };
        }

        if (IsNamed(element))
        {
            return ReadNamed(element, argumentsOptional: element.TryGetProperty("type", out _), path) with { Id = id };
        }

        return IsOneKey(element, out JsonProperty only)
            ? new ToolCall(only.Name, only.Value)
            : throw path.Missing("a tool call: 'function', or 'name' with 'arguments', or one property {\"name\": {arguments}}", element);
    }

    /// <summary>Whether an object that is not known to be a call looks like one.</summary>
    public static bool LooksLikeCall(JsonElement element) =>
        (element.TryGetProperty("function", out JsonElement function) && IsNamed(function))
        || (IsNamed(element) && TryGetArguments(element, out _, out _))
        || IsOneKey(element, out _);

    private static bool IsNamed(JsonElement element) => element.Has("name", JsonValueKind.String);

    private static bool IsOneKey(JsonElement element, out JsonProperty only)
    {
        only = default;
        if (element.GetPropertyCount() != 1)
        {
            return false;
        }

        only = element.EnumerateObject().First();
        return only.Value.ValueKind == JsonValueKind.Object;
    }

    private static bool TryGetArguments(JsonElement element, out string name, out JsonElement arguments)
    {
        name = element.TryGetProperty("arguments", out arguments) ? "arguments" : "parameters";
        return arguments.ValueKind != JsonValueKind.Undefined || element.TryGetProperty(name, out arguments);
    }

    private static ToolCall ReadNamed(JsonElement element, bool argumentsOptional, JsonPath path)
    {
        string name = element.GetProperty("name").GetString()!;
        if (!TryGetArguments(element, out _, out JsonElement arguments) && !argumentsOptional)
        {
            throw path.Missing("'arguments' (or 'parameters') beside 'name'", element);
        }

        return new ToolCall(name, Unquote(arguments));
    }

    /// <summary>
    /// The object (or array) that a string of arguments spells; an empty string spells none. What spells neither stays
    /// as the model wrote it.
    /// </summary>
    private static JsonElement Unquote(JsonElement arguments)
    {
        JsonElement inner = arguments;
        for (int i = 0; i < MaxQuoting && inner.ValueKind == JsonValueKind.String; i++)
        {
            string text = inner.GetString()!;
            if (string.IsNullOrWhiteSpace(text))
            {
                return default;
            }

            if (!JsonInput.TryParse(text, out inner))
            {
                return arguments;
            }
        }

        return inner.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? inner : arguments;
    }
}
