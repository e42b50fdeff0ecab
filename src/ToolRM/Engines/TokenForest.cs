namespace ToolRM.Engines;

/// <summary>
/// A batch without padding: each tree is a prompt with its candidates as branches. All tokens lie in one flat array; a
/// token attends to the segments it continues and, causally, to its own.
/// </summary>
internal sealed class TokenForest
{
    private readonly Builder _builder;

    private TokenForest(Builder builder) => _builder = builder;

    /// <summary>The computed tokens of all segments, segment after segment.</summary>
    public ReadOnlySpan<int> Tokens => _builder.Tokens.Span;

    /// <summary>The segments; a parent comes before its children.</summary>
    public ReadOnlySpan<Segment> Segments => _builder.Segments.Span;

    /// <summary>The segments that are scored, in the order in which rewards are returned.</summary>
    public ReadOnlySpan<int> Leaves => _builder.Leaves.Span;

    /// <summary>The longest root-to-leaf sequence, in tokens.</summary>
    public int LongestPath => _builder.LongestPath;

    /// <summary>
    /// Index in <see cref="Tokens"/> of the token whose hidden state is scored: the last of the leaf's sequence whose id
    /// is not the pad id (as in current Hugging Face sequence classification), or the sequence's first if all are.
    /// </summary>
    /// <exception cref="InvalidOperationException">That token is in a segment that is not computed.</exception>
    public int PooledToken(int leaf, int? padTokenId)
    {
        int index = Leaves[leaf];
        while (true)
        {
            Segment segment = Segments[index];
            if (segment.IsCached)
            {
                throw new InvalidOperationException("A candidate of padding alone is scored at its prompt, which must be computed then.");
            }

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

    /// <summary>Builds forests, one after another in the same memory.</summary>
    internal sealed class Builder
    {
        /// <summary>Number of tokens to compute added so far.</summary>
        public int TokenCount => Tokens.Count;

        internal GrowingArray<int> Tokens { get; } = new();

        internal GrowingArray<Segment> Segments { get; } = new();

        internal GrowingArray<int> Leaves { get; } = new();

        internal int LongestPath { get; private set; }

        /// <summary>Adds a segment and returns its index.</summary>
        /// <param name="parent">The segment it continues; -1 starts a new tree.</param>
        /// <param name="tokens">At least one token.</param>
        /// <param name="isLeaf">Whether the sequence that ends here is scored.</param>
        /// <param name="blocks">Where the keys and values of its first tokens are to be kept; <see langword="null"/> for nowhere.</param>
        public int Add(int parent, ReadOnlySpan<int> tokens, bool isLeaf, IReadOnlyList<IPrefixBlock>? blocks = null)
        {
            ArgumentOutOfRangeException.ThrowIfZero(tokens.Length, nameof(tokens));
            if (blocks is not null)
            {
                ArgumentOutOfRangeException.ThrowIfGreaterThan(blocks.Count * IPrefixBlock.Tokens, tokens.Length, nameof(blocks));
            }

            int segment = Add(new Segment(parent, Tokens.Count, tokens.Length, PositionAfter(parent), blocks));
            Tokens.Add(tokens);
            if (isLeaf)
            {
                Leaves.Add(segment);
            }

            return segment;
        }

        /// <summary>Adds the beginning of a tree whose keys and values are known already, and returns its index.</summary>
        public int AddCached(IReadOnlyList<IPrefixBlock> blocks)
        {
            ArgumentOutOfRangeException.ThrowIfZero(blocks.Count, nameof(blocks));
            return Add(new Segment(-1, Tokens.Count, blocks.Count * IPrefixBlock.Tokens, 0, blocks, IsCached: true));
        }

        /// <summary>The forest; it is valid until the next <see cref="Clear"/>.</summary>
        public TokenForest Build() => new(this);

        /// <summary>Begins a new forest.</summary>
        public void Clear()
        {
            Tokens.Clear();
            Segments.Clear();
            Leaves.Clear();
            LongestPath = 0;
        }

        private int Add(Segment segment)
        {
            Segments.Add(segment);
            LongestPath = Math.Max(LongestPath, segment.End);
            return Segments.Count - 1;
        }

        private int PositionAfter(int parent)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(parent, -1);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(parent, Segments.Count);
            return parent < 0 ? 0 : Segments.Span[parent].End;
        }
    }
}
