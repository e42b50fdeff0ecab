namespace ToolRM.Engines.Cpu;

/// <summary>Where the tokens of a forest lie in the engine's buffers.</summary>
internal sealed class ForestLayout
{
    public ForestLayout(TokenForest forest, int keyBlock, int? padTokenId)
    {
        Forest = forest;
        KeyBlockSize = keyBlock;
        SegmentOfToken = new int[forest.Tokens.Length];
        FirstKeyBlock = new int[forest.Segments.Length];
        var trees = new List<int>();
        for (int s = 0; s < forest.Segments.Length; s++)
        {
            Segment segment = forest.Segments[s];
            Array.Fill(SegmentOfToken, s, segment.Start, segment.Length);
            FirstKeyBlock[s] = KeyBlocks;
            KeyBlocks += (segment.Length + keyBlock - 1) / keyBlock;
            if (segment.Parent < 0)
            {
                trees.Add(s);
            }
        }

        trees.Add(forest.Segments.Length);
        FirstSegmentOfTree = [.. trees];
        PooledTokens = new int[forest.Leaves.Length];
        for (int leaf = 0; leaf < PooledTokens.Length; leaf++)
        {
            PooledTokens[leaf] = forest.PooledToken(leaf, padTokenId);
        }
    }

    public TokenForest Forest { get; }

    public int Tokens => Forest.Tokens.Length;

    /// <summary>Keys per block: the width of the matmul kernel's panels.</summary>
    public int KeyBlockSize { get; }

    /// <summary>Number of key blocks of the forest. Every segment starts a block of its own.</summary>
    public int KeyBlocks { get; }

    /// <summary>The segment of each token.</summary>
    public int[] SegmentOfToken { get; }

    /// <summary>The first key block of each segment.</summary>
    public int[] FirstKeyBlock { get; }

    /// <summary>The root segment of each tree, and the number of segments at the end. A tree's segments lie side by side.</summary>
    public int[] FirstSegmentOfTree { get; }

    /// <summary>For each leaf, the token whose hidden state is scored.</summary>
    public int[] PooledTokens { get; }

    public int Trees => FirstSegmentOfTree.Length - 1;

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
