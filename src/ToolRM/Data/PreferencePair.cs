namespace ToolRM.Data;

/// <summary>A prompt with a right and a wrong candidate: one row of a preference dataset. Immutable.</summary>
/// <param name="Id">The row's own id, or its line number in the file.</param>
/// <param name="Prompt">The conversation and the tools.</param>
/// <param name="Chosen">The right candidate.</param>
/// <param name="Rejected">The wrong candidate.</param>
public sealed record PreferencePair(string Id, ToolPrompt Prompt, Candidate Chosen, Candidate Rejected)
{
    /// <summary>What is wrong with the rejected candidate, if the row says so (FC-RewardBench's <c>error_type</c>).</summary>
    public string? ErrorType { get; init; }

    /// <summary>Where the row comes from, if it says so (<c>dataset_name</c>, <c>source</c> or <c>test_category</c>).</summary>
    public string? Source { get; init; }

    /// <summary>By how much the chosen reward should exceed the rejected one at least (<c>margin</c>); 0 if not given.</summary>
    public double Margin { get; init; }
}
