namespace ToolRM.Engines.Cpu;

/// <summary>Where the tokens of a forest lie in the engine's buffers. One instance serves one forest after another.</summary>
/// <param name="keyBlock">Keys per block: the width of the matmul kernel's panels.</param>
/// <param name="padTokenId">The padding token, if there is one.</param>
internal sealed class ForestLayout(int keyBlock, int? padTokenId)
{
    private readonly GrowingArray<int> _segmentOfToken = new(), _firstKeyBlock = new(), _trees = new(), _pooled = new(), _withBlocks = new();

    public TokenForest Forest { get; private set; } = null!;

    /// <summary>Number of tokens that are computed.</summary>
    public int Tokens => _segmentOfToken.Count;

    /// <summary>Keys per block.</summary>
    public int KeyBlockSize => keyBlock;

    /// <summary>Number of key blocks of the forest. Every segment starts a block of its own.</summary>
    public int KeyBlocks { get; private set; }

    /// <summary>The segment of each token.</summary>
    public ReadOnlySpan<int> SegmentOfToken => _segmentOfToken.Span;

    /// <summary>The first key block of each segment.</summary>
    public ReadOnlySpan<int> FirstKeyBlock => _firstKeyBlock.Span;

    /// <summary>The root segment of each tree, and the number of segments at the end. A tree's segments lie side by side.</summary>
    public ReadOnlySpan<int> FirstSegmentOfTree => _trees.Span;

    /// <summary>For each leaf, the token whose hidden state is scored.</summary>
    public ReadOnlySpan<int> PooledTokens => _pooled.Span;

    /// <summary>The segments with <see cref="Segment.Blocks"/>.</summary>
    public ReadOnlySpan<int> SegmentsWithBlocks => _withBlocks.Span;

    public int Trees => _trees.Count - 1;

    /// <summary>Turns to a forest.</summary>
    public void Lay(TokenForest forest)
    {
        Forest = forest;
        KeyBlocks = 0;
        foreach (GrowingArray<int> list in (ReadOnlySpan<GrowingArray<int>>)[_segmentOfToken, _firstKeyBlock, _trees, _pooled, _withBlocks])
        {
            list.Clear();
        }

        for (int s = 0; s < forest.Segments.Length; s++)
        {
            Segment segment = forest.Segments[s];
            _segmentOfToken.Fill(s, segment.Computed);
            _firstKeyBlock.Add(KeyBlocks);
            KeyBlocks += (segment.Length + keyBlock - 1) / keyBlock;
            if (segment.Parent < 0)
            {
                _trees.Add(s);
            }

            if (segment.Blocks is not null)
            {
                _withBlocks.Add(s);
            }
        }

        _trees.Add(forest.Segments.Length);
        for (int leaf = 0; leaf < forest.Leaves.Length; leaf++)
        {
            _pooled.Add(forest.PooledToken(leaf, padTokenId));
        }
    }

    /// <summary>Position of a token in its sequence.</summary>
    public int Position(int token)
    {
        Segment segment = Forest.Segments[SegmentOfToken[token]];
        return segment.Position + token - segment.Start;
    }

    /// <summary>Index of a token's key: key blocks are padded, so it is not the token's own index.</summary>
    public int KeySlot(int token)
    {
        int segment = SegmentOfToken[token];
        return (FirstKeyBlock[segment] * KeyBlockSize) + token - Forest.Segments[segment].Start;
    }

    /// <summary>Writes the segments of the sequence that ends with <paramref name="segment"/>, the root first.</summary>
    /// <returns>How many they are.</returns>
    public int Path(int segment, ref int[] path)
    {
        int depth = 0;
        for (int s = segment; s >= 0; s = Forest.Segments[s].Parent)
        {
            depth++;
        }

        if (path.Length < depth)
        {
            path = new int[depth];
        }

        for (int s = segment, i = depth - 1; s >= 0; s = Forest.Segments[s].Parent, i--)
        {
            path[i] = s;
        }

        return depth;
    }
}
