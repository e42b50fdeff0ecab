using System.Text.Json;
using ToolRM.ToolCalls.Parsing;

namespace ToolRM.Prompts;

/// <summary>
/// Writes the calls of a candidate for <see cref="CompactTemplate"/>: <c>&lt;|call|&gt;</c> name <c>&lt;|desc|&gt;</c>
/// description, then each parameter of the schema in its order, then arguments that the schema does not have.
/// </summary>
/// <remarks>
/// A parameter is <c>&lt;|req|&gt;</c> or <c>&lt;|opt|&gt;</c> "name type: description", its <c>&lt;|enum|&gt;</c>, and either
/// <c>&lt;|value|&gt;</c> (with <c>&lt;|badtype|&gt;</c> or <c>&lt;|badenum|&gt;</c> where the value contradicts the schema),
/// <c>&lt;|missing|&gt;</c> or <c>&lt;|omitted|&gt;</c>. Later calls of the same function have names and values only.
/// </remarks>
internal sealed class CompactCallWriter(IReadOnlyList<Tool> tools, PromptWriter writer)
{
    /// <summary>Characters of the description of a called function.</summary>
    public const int FunctionLimit = 80;

    /// <summary>Characters of the description of a parameter with a value, or of a required one without.</summary>
    public const int ParameterLimit = 60;

    /// <summary>Characters of the description of an optional parameter that the call omits.</summary>
    public const int OmittedLimit = 24;

    /// <summary>Characters of the name of a type.</summary>
    public const int TypeLimit = 40;

    /// <summary>Characters of the list of allowed values.</summary>
    public const int EnumLimit = 60;

    private static readonly JsonElement _noArguments = JsonElement.Parse("{}");
    private readonly HashSet<string> _described = [];

    public void Write(ToolCall call)
    {
        Tool? tool = tools.FirstOrDefault(tool => tool.Name == call.Name);
        if (tool is null)
        {
            writer.Control("<|unknown|>");
            writer.Text(call.Name);
            CompactTemplate.WriteValue(call.Arguments, writer);
            return;
        }

        bool isFirst = _described.Add(tool.Name);
        writer.Control("<|call|>");
        writer.Text(tool.Name);
        if (isFirst && !string.IsNullOrWhiteSpace(tool.Description))
        {
            writer.Control("<|desc|>");
            writer.Text(ShortText.Cut(tool.Description, FunctionLimit));
        }

        JsonElement arguments = call.Arguments;
        if (arguments.ValueKind != JsonValueKind.Object)
        {
            writer.Control("<|badtype|>");
            CompactTemplate.WriteValue(arguments, writer);
            arguments = _noArguments;
        }

        WriteArguments(tool.Parameters, arguments, isFirst);
    }

    private void WriteArguments(JsonElement schema, JsonElement arguments, bool isFirst)
    {
        JsonElement properties = schema.Get("properties", JsonValueKind.Object);
        HashSet<string> required = ReadRequired(schema);
        var known = new HashSet<string>();
        if (properties.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in properties.EnumerateObject())
            {
                known.Add(property.Name);
                arguments.TryGetProperty(property.Name, out JsonElement value);
                WriteParameter(property.Name, new ParameterSchema(property.Value), required.Contains(property.Name), value, isFirst);
            }
        }

        foreach (JsonProperty argument in arguments.EnumerateObject().Where(argument => !known.Contains(argument.Name)))
        {
            writer.Control("<|unexpected|>");
            writer.Text(argument.Name);
            writer.Control("<|value|>");
            CompactTemplate.WriteValue(argument.Value, writer);
        }
    }

    private void WriteParameter(string name, ParameterSchema schema, bool isRequired, JsonElement value, bool isFirst)
    {
        bool isGiven = value.ValueKind != JsonValueKind.Undefined, isOmitted = !isGiven && !isRequired;
        if (isOmitted && !isFirst)
        {
            return;
        }

        writer.Control(isRequired ? "<|req|>" : "<|opt|>");
        writer.Text(name);
        if (isFirst)
        {
            WriteSchema(schema, isOmitted);
        }

        if (!isGiven)
        {
            writer.Control(isRequired ? "<|missing|>" : "<|omitted|>");
            return;
        }

        writer.Control("<|value|>");
        if (!schema.AllowsType(value))
        {
            writer.Control("<|badtype|>");
        }
        else if (!schema.AllowsValue(value))
        {
            writer.Control("<|badenum|>");
        }

        CompactTemplate.WriteValue(value, writer);
    }

    private void WriteSchema(ParameterSchema schema, bool isOmitted)
    {
        writer.Text(" ");
        writer.Text(ShortText.Cut(schema.TypeName, TypeLimit));
        string description = ShortText.Cut(schema.Description, isOmitted ? OmittedLimit : ParameterLimit);
        if (description.Length > 0)
        {
            writer.Text(": ");
            writer.Text(description);
        }

        if (!isOmitted && schema.Enum.ValueKind == JsonValueKind.Array)
        {
            writer.Control("<|enum|>");
            string values = string.Join(", ", schema.Enum.EnumerateArray().Select(item => item.ToString()));
            writer.Text(ShortText.Cut(values, EnumLimit).TrimEnd(','));
        }
    }

    private static HashSet<string> ReadRequired(JsonElement schema)
    {
        JsonElement list = schema.Get("required", JsonValueKind.Array);
        return list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
            : [];
    }
}
