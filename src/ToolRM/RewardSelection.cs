namespace ToolRM;

/// <summary>What a <see cref="RewardSelector"/> chose. Immutable.</summary>
/// <param name="Index">Index of the chosen candidate among those given, from 0.</param>
/// <param name="Candidate">The chosen candidate.</param>
/// <param name="Scores">The rewards of all candidates, in their order.</param>
/// <param name="Groups">The groups of candidates that say the same, the chosen one first. With <see cref="SelectionRule.HighestReward"/>, each candidate is one.</param>
public sealed record RewardSelection(int Index, Candidate Candidate, IReadOnlyList<RewardScore> Scores, IReadOnlyList<VoteGroup> Groups);

/// <summary>Candidates that say the same.</summary>
/// <param name="Members">Indices of the candidates, in their order.</param>
/// <param name="Share">The group's share of all votes, 0 to 1; the shares add up to 1.</param>
/// <param name="IsValid">Whether its calls can be made: known functions, all required and no unknown parameters, right types.</param>
public sealed record VoteGroup(IReadOnlyList<int> Members, double Share, bool IsValid);
