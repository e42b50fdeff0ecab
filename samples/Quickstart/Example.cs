using ToolRM;

namespace Quickstart;

/// <summary>A candidate and what is known about it.</summary>
/// <param name="Candidate">The candidate.</param>
/// <param name="Note">What is wrong with it; <see langword="null"/> for the right one.</param>
internal sealed record LabelledCandidate(Candidate Candidate, string? Note)
{
    public bool IsRight => Note is null;

    public static LabelledCandidate Right(params ToolCall[] calls) => new(Candidate.FromCalls(calls), Note: null);

    public static LabelledCandidate RightWithoutCall() => new(Candidate.NoCall, Note: null);

    public static LabelledCandidate Wrong(string note, params ToolCall[] calls) => new(Candidate.FromCalls(calls), note);
}

/// <summary>A request with candidates, exactly one of them right.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Prompt">The conversation and the tools.</param>
/// <param name="Candidates">The candidates, in no particular order.</param>
internal sealed record Example(string Title, ToolPrompt Prompt, IReadOnlyList<LabelledCandidate> Candidates)
{
    /// <summary>The candidates without their labels: what the model sees.</summary>
    public IReadOnlyList<Candidate> Answers { get; } = [.. Candidates.Select(labelled => labelled.Candidate)];
}
