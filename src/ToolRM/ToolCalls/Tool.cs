using System.Text.Json;
using ToolRM.ToolCalls.Comparison;
using ToolRM.ToolCalls.Parsing;
using ToolRM.ToolCalls.Writing;

namespace ToolRM;

/// <summary>
/// A tool (function) that the assistant may call. Immutable and safe to share between threads. Two tools are equal if
/// name, description and schema are; the order of properties in the schema does not matter.
/// </summary>
/// <param name="Name">The function's name.</param>
/// <param name="Description">What it does, in words; <see langword="null"/> if not given.</param>
/// <param name="Parameters">
/// The JSON Schema of the arguments, normally an object schema with <c>properties</c> and <c>required</c>.
/// <see cref="JsonValueKind.Undefined"/> means that no schema was given (the tool takes no arguments). The value is
/// detached from its <see cref="JsonDocument"/>.
/// </param>
/// <exception cref="ToolFormatException">The schema holds a string that is not valid Unicode.</exception>
public sealed record Tool(string Name, string? Description, JsonElement Parameters)
{
    /// <summary>The function's name.</summary>
    public string Name { get; init; } = Name ?? throw new ArgumentNullException(nameof(Name));

    /// <summary>The JSON Schema of the arguments; <see cref="JsonValueKind.Undefined"/> if none was given.</summary>
    public JsonElement Parameters { get; init => field = JsonInput.Detach(value); } = JsonInput.Detach(Parameters);

    /// <summary>A tool with its schema given as JSON text.</summary>
    /// <param name="name">The function's name.</param>
    /// <param name="description">What it does, in words.</param>
    /// <param name="parametersJson">The JSON Schema of the arguments; <see langword="null"/> for a tool without arguments.</param>
    /// <exception cref="ToolFormatException">The schema is not JSON, nested deeper than 128 or longer than 64 Mi characters.</exception>
    public static Tool Create(string name, string? description, string? parametersJson = null) =>
        new(name, description, parametersJson is null ? default : JsonInput.Parse(parametersJson, new JsonPath()));

    /// <summary>
    /// Reads a tool: OpenAI's <c>{"type":"function","function":{…}}</c> or the flat <c>{"name","description","parameters"}</c>,
    /// with the schema under <c>parameters</c>, <c>input_schema</c> or <c>inputSchema</c>.
    /// </summary>
    /// <exception cref="ToolFormatException">The text is not JSON of one of these shapes.</exception>
    public static Tool FromJson(string json) => ToolReader.Read(JsonInput.Parse(json, new JsonPath()), new JsonPath());

    /// <inheritdoc cref="FromJson(string)"/>
    public static Tool FromJson(JsonElement element) => ToolReader.Read(JsonInput.Check(element), new JsonPath());

    /// <summary>The tool in the OpenAI format.</summary>
    public string ToJson() => ChatJsonWriter.ToJson(this, ChatJsonWriter.Write);

    /// <summary>Whether both have the same name, description and schema.</summary>
    public bool Equals(Tool? other) =>
        other is not null && Name == other.Name && Description == other.Description && JsonEquality.Equals(Parameters, other.Parameters);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Description);
}
