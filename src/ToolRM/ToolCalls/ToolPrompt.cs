namespace ToolRM;

/// <summary>What a candidate answers: the conversation so far and the tool catalog. Immutable and safe to share between threads.</summary>
/// <param name="Messages">The conversation, oldest message first; at least one message.</param>
/// <param name="Tools">The tools that may be called; may be empty.</param>
public sealed record ToolPrompt(IReadOnlyList<ChatMessage> Messages, IReadOnlyList<Tool> Tools);
