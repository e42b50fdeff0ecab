namespace ToolRM.Engines;

/// <summary>A run of tokens in a <see cref="TokenForest"/> that continues its parent's text.</summary>
/// <param name="Parent">Index of the segment it continues, always smaller than its own; -1 for the root of a tree.</param>
/// <param name="Start">Index of its first token in <see cref="TokenForest.Tokens"/>.</param>
/// <param name="Length">Number of its tokens, at least one.</param>
/// <param name="Position">Position of its first token in the sequence: the summed length of its ancestors.</param>
internal readonly record struct Segment(int Parent, int Start, int Length, int Position)
{
    /// <summary>Length of the sequence that ends with this segment.</summary>
    public int End => Position + Length;
}

/// <summary>
/// A batch without padding: each tree is a prompt with its candidates as branches. All tokens lie in one flat array; a
/// token attends to the segments it continues and, causally, to its own.
/// </summary>
internal sealed class TokenForest
{
    private TokenForest(int[] tokens, Segment[] segments, int[] leaves)
    {
        Tokens = tokens;
        Segments = segments;
        Leaves = leaves;
        LongestPath = segments.Length == 0 ? 0 : segments.Max(segment => segment.End);
    }

    /// <summary>The tokens of all segments, segment after segment.</summary>
    public int[] Tokens { get; }

    /// <summary>The segments; a parent comes before its children.</summary>
    public Segment[] Segments { get; }

    /// <summary>The segments that are scored, in the order in which rewards are returned.</summary>
    public int[] Leaves { get; }

    /// <summary>The longest root-to-leaf sequence, in tokens.</summary>
    public int LongestPath { get; }

    /// <summary>
    /// Index in <see cref="Tokens"/> of the token whose hidden state is scored: the last of the leaf's sequence whose id
    /// is not the pad id (as in current Hugging Face sequence classification), or the sequence's first if all are.
    /// </summary>
    public int PooledToken(int leaf, int? padTokenId)
    {
        int index = Leaves[leaf];
        while (true)
        {
            Segment segment = Segments[index];
            for (int i = segment.Start + segment.Length - 1; i >= segment.Start; i--)
            {
                if (Tokens[i] != padTokenId)
                {
                    return i;
                }
            }

            if (segment.Parent < 0)
            {
                return segment.Start;
            }

            index = segment.Parent;
        }
    }

    /// <summary>Builds a forest, tree by tree.</summary>
    internal sealed class Builder
    {
        private readonly List<int> _tokens = [];
        private readonly List<Segment> _segments = [];
        private readonly List<int> _leaves = [];

        /// <summary>Number of tokens added so far.</summary>
        public int TokenCount => _tokens.Count;

        /// <summary>Adds a segment and returns its index.</summary>
        /// <param name="parent">The segment it continues; -1 starts a new tree.</param>
        /// <param name="tokens">At least one token.</param>
        /// <param name="isLeaf">Whether the sequence that ends here is scored.</param>
        public int Add(int parent, ReadOnlySpan<int> tokens, bool isLeaf)
        {
            ArgumentOutOfRangeException.ThrowIfZero(tokens.Length, nameof(tokens));
            ArgumentOutOfRangeException.ThrowIfLessThan(parent, -1);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(parent, _segments.Count);
            _segments.Add(new Segment(parent, _tokens.Count, tokens.Length, parent < 0 ? 0 : _segments[parent].End));
            _tokens.AddRange(tokens);
            if (isLeaf)
            {
                _leaves.Add(_segments.Count - 1);
            }

            return _segments.Count - 1;
        }

        public TokenForest Build() => new([.. _tokens], [.. _segments], [.. _leaves]);

        /// <summary>Empties it for the next forest.</summary>
        public void Clear()
        {
            _tokens.Clear();
            _segments.Clear();
            _leaves.Clear();
        }
    }
}
