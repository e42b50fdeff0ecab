namespace ToolRM;

/// <summary>One message of a conversation. Immutable and safe to share between threads.</summary>
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
}
