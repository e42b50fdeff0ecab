namespace ToolRM;

/// <summary>
/// One possible answer to a <see cref="ToolPrompt"/>: tool calls, a text without calls, or both.
/// Immutable and safe to share between threads.
/// </summary>
public sealed record Candidate
{
    /// <summary>The answer "no tool is called, and nothing is said" (<c>[]</c>).</summary>
    public static Candidate NoCall { get; } = new();

    /// <summary>The tool calls in the order of the answer; empty when no tool is called. Never <see langword="null"/>.</summary>
    public IReadOnlyList<ToolCall> Calls { get; init; } = [];

    /// <summary>
    /// What the model wrote besides its calls: a plain answer, or an output that is no well-formed tool call.
    /// <see langword="null"/> when there is none.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>Whether the candidate calls no tool.</summary>
    public bool IsNoCall => Calls.Count == 0;

    /// <summary>A candidate of tool calls only.</summary>
    public static Candidate FromCalls(params IReadOnlyList<ToolCall> calls)
    {
        ArgumentNullException.ThrowIfNull(calls);
        return new Candidate { Calls = calls };
    }

    /// <summary>A candidate that is a text without tool calls.</summary>
    public static Candidate FromText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new Candidate { Text = text };
    }
}
