namespace ToolRM;

/// <summary>One prompt and the candidates to score for it. Immutable and safe to share between threads.</summary>
/// <param name="Prompt">The conversation and the tools.</param>
/// <param name="Candidates">At least one candidate.</param>
public sealed record RewardRequest(ToolPrompt Prompt, IReadOnlyList<Candidate> Candidates);
