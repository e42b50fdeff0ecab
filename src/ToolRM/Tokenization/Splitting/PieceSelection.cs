namespace ToolRM.Tokenization.Splitting;

/// <summary>What a <c>Split</c> pre-tokenizer keeps.</summary>
internal enum PieceSelection
{
    /// <summary>What the pattern matches, and what lies between (<c>Isolated</c>).</summary>
    All,

    /// <summary>What lies between the matches (<c>Removed</c>).</summary>
    Gaps,

    /// <summary>What the pattern matches (<c>Removed</c> with <c>invert</c>).</summary>
    Matches,
}
