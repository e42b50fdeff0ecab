namespace ToolRM;

/// <summary>The reward of one candidate. Immutable.</summary>
/// <param name="Reward">
/// The raw logit: any real number, higher is better. Only differences between candidates of the same prompt have a
/// fixed meaning: under the Bradley-Terry model the first is preferred with probability 1 / (1 + exp(second - first)).
/// </param>
/// <param name="PromptTokens">Tokens of conversation and tools, shared by all candidates of the prompt; 0 if the model counts none.</param>
/// <param name="CandidateTokens">Tokens of the candidate itself; 0 if the model counts none.</param>
public sealed record RewardScore(double Reward, int PromptTokens = 0, int CandidateTokens = 0)
{
    /// <summary>Messages left out of the conversation under <see cref="OverLengthPolicy.DropOldestMessages"/>; otherwise 0.</summary>
    public int DroppedMessages { get; init; }

    /// <summary>
    /// What the candidate's calls do that the tools' schemas do not allow; <see langword="null"/> unless
    /// <see cref="RewardModelOptions.ValidateCalls"/> asks for it. The reward does not depend on it.
    /// </summary>
    public IReadOnlyList<ToolCallFinding>? Findings { get; init; }

    /// <summary>
    /// Why the reward is what it is; <see langword="null"/> unless <see cref="RewardModelOptions.ExplainScores"/> asks for it and the model
    /// has verifier features.
    /// </summary>
    public RewardExplanation? Explanation { get; init; }
}
