using System.Text.Json;
using ToolRM.ToolCalls.Comparison;
using ToolRM.ToolCalls.Parsing;
using ToolRM.ToolCalls.Writing;

namespace ToolRM;

/// <summary>One message of a conversation. Immutable, safe to share between threads, and equal by value.</summary>
/// <param name="Role">Who speaks.</param>
/// <param name="Content">The text; <see langword="null"/> when the message has none (an assistant that only calls tools).</param>
public sealed record ChatMessage(ChatRole Role, string? Content)
{
    /// <summary>The tool calls of an assistant message; empty for every other message. Never <see langword="null"/>.</summary>
    public IReadOnlyList<ToolCall> ToolCalls { get; init; } = [];

    /// <summary>For a <see cref="ChatRole.Tool"/> message: the id of the call it answers, if known.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>The optional participant or tool name.</summary>
    public string? Name { get; init; }

    /// <summary>A user message with the given text.</summary>
    public static ChatMessage User(string content) => new(ChatRole.User, content);

    /// <summary>A system message with the given text.</summary>
    public static ChatMessage System(string content) => new(ChatRole.System, content);

    /// <summary>An assistant message with the given text.</summary>
    public static ChatMessage Assistant(string content) => new(ChatRole.Assistant, content);

    /// <summary>The result of a tool call.</summary>
    /// <param name="content">The result, as text.</param>
    /// <param name="toolCallId">The id of the call it answers, if known.</param>
    public static ChatMessage Tool(string content, string? toolCallId = null) => new(ChatRole.Tool, content) { ToolCallId = toolCallId };

    /// <summary>
    /// Reads a message in the OpenAI format. Content may be a string, <c>null</c> or an array of text parts (joined);
    /// <c>developer</c>, <c>model</c> and <c>function</c> are read as <c>system</c>, <c>assistant</c> and <c>tool</c>.
    /// </summary>
    /// <exception cref="ToolFormatException">
    /// The text is not JSON of this shape, nested deeper than 128 or longer than 64 Mi characters.
    /// </exception>
    public static ChatMessage FromJson(string json) => MessageReader.Read(JsonInput.Parse(json, new JsonPath()), new JsonPath());

    /// <inheritdoc cref="FromJson(string)"/>
    public static ChatMessage FromJson(JsonElement element) => MessageReader.Read(JsonInput.Check(element), new JsonPath());

    /// <summary>The message in the OpenAI format.</summary>
    public string ToJson() => ChatJsonWriter.ToJson(this, ChatJsonWriter.Write);

    /// <summary>Whether both have the same role, text, name, call id and calls.</summary>
    public bool Equals(ChatMessage? other) =>
        other is not null && Role == other.Role && Content == other.Content && Name == other.Name && ToolCallId == other.ToolCallId
        && ToolCalls.SequenceEqual(other.ToolCalls);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Role, Content, JsonEquality.GetHashCode(ToolCalls));
}
