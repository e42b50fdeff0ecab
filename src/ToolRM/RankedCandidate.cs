namespace ToolRM;

/// <summary>A candidate with its reward and its place. Immutable.</summary>
/// <param name="Rank">1 for the best. Candidates with equal rewards keep the order in which they were given.</param>
/// <param name="Index">Index of the candidate among those given, from 0.</param>
/// <param name="Candidate">The candidate.</param>
/// <param name="Score">Its reward.</param>
public sealed record RankedCandidate(int Rank, int Index, Candidate Candidate, RewardScore Score);
