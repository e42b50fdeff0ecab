using System.Text.Json;
using ToolRM.ToolCalls.Comparison;
using ToolRM.ToolCalls.Parsing;
using ToolRM.ToolCalls.Writing;

namespace ToolRM;

/// <summary>
/// What a candidate answers: the conversation so far and the tool catalog. Immutable, safe to share between threads,
/// and equal by value.
/// </summary>
/// <param name="Messages">The conversation, oldest message first; at least one message.</param>
/// <param name="Tools">The tools that may be called; may be empty.</param>
public sealed record ToolPrompt(IReadOnlyList<ChatMessage> Messages, IReadOnlyList<Tool> Tools)
{
    /// <summary>A prompt of a single user message.</summary>
    public static ToolPrompt FromUser(string content, params IReadOnlyList<Tool> tools) => new([ChatMessage.User(content)], tools);

    /// <summary>
    /// Reads <c>{"messages":[…],"tools":[…]}</c>, the body of an OpenAI chat request; other properties are ignored and
    /// <c>tools</c> may be absent, <c>null</c> or JSON in a string.
    /// </summary>
    /// <exception cref="ToolFormatException">
    /// The text is not JSON of this shape, nested deeper than 128 or longer than 64 Mi characters.
    /// </exception>
    public static ToolPrompt FromJson(string json) => MessageReader.ReadPrompt(JsonInput.Parse(json, new JsonPath()), new JsonPath());

    /// <inheritdoc cref="FromJson(string)"/>
    public static ToolPrompt FromJson(JsonElement element) => MessageReader.ReadPrompt(JsonInput.Check(element), new JsonPath());

    /// <summary>The prompt as <c>{"messages":[…],"tools":[…]}</c> in the OpenAI format.</summary>
    public string ToJson() => ChatJsonWriter.ToJson(this, ChatJsonWriter.Write);

    /// <summary>Whether both have the same messages and the same tools, in the same order.</summary>
    public bool Equals(ToolPrompt? other) =>
        other is not null && Messages.SequenceEqual(other.Messages) && Tools.SequenceEqual(other.Tools);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(JsonEquality.GetHashCode(Messages), JsonEquality.GetHashCode(Tools));
}
