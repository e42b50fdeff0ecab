namespace ToolRM.Engines;

/// <summary>A run of tokens in a <see cref="TokenForest"/> that continues its parent's text.</summary>
/// <param name="Parent">Index of the segment it continues, always smaller than its own; -1 for the root of a tree.</param>
/// <param name="Start">Index of its first token in <see cref="TokenForest.Tokens"/>.</param>
/// <param name="Length">Number of its tokens, at least one.</param>
/// <param name="Position">Position of its first token in the sequence: the summed length of its ancestors.</param>
/// <param name="Blocks">
/// Where the keys and values of its tokens come from, if it <see cref="IsCached"/>; otherwise where those of its first tokens
/// go, or <see langword="null"/>.
/// </param>
/// <param name="IsCached">
/// Whether it is not computed: its keys and values are in <paramref name="Blocks"/>, and its tokens are not in the forest.
/// </param>
internal readonly record struct Segment(
    int Parent, int Start, int Length, int Position, IReadOnlyList<IPrefixBlock>? Blocks = null, bool IsCached = false)
{
    /// <summary>Length of the sequence that ends with this segment.</summary>
    public int End => Position + Length;

    /// <summary>Number of its tokens that are computed.</summary>
    public int Computed => IsCached ? 0 : Length;
}
