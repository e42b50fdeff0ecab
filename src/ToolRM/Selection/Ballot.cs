namespace ToolRM.Selection;

/// <summary>What a candidate votes for.</summary>
/// <param name="Key">Candidates of the same key say the same.</param>
/// <param name="IsValid">Whether its calls can be made, and it is no attempt at calls that cannot be read.</param>
internal readonly record struct Ballot(string Key, bool IsValid);
