using ToolRM.Engines;

namespace ToolRM.TorchSharp.Planning;

/// <summary>What matters of a forest for the choice of a layout.</summary>
/// <param name="Trees">Number of trees.</param>
/// <param name="Leaves">Number of sequences.</param>
/// <param name="Tokens">Tokens, those of shared prompts once.</param>
/// <param name="LongestPath">Tokens of the longest sequence.</param>
/// <param name="PathTokens">Tokens of all sequences, those of shared prompts again for each.</param>
/// <param name="TrunkPairs">Pairs of tokens in the trunks of the trees, where each token sees exactly those before it: the squares of the trunks' lengths.</param>
/// <param name="BranchPairs">Pairs of a token behind its tree's trunk with any of the tree, which need a mask.</param>
internal readonly record struct BatchShape(
    int Trees, int Leaves, int Tokens, int LongestPath, long PathTokens, long TrunkPairs, long BranchPairs)
{
    /// <summary>The share of all sequences' tokens that need not be computed where prompts are shared.</summary>
    public double SharedShare => 1 - ((double)Tokens / PathTokens);

    /// <summary>Some requests, all with as many candidates and tokens.</summary>
    public static BatchShape Uniform(int trees, int promptTokens, int candidates, int candidateTokens)
    {
        bool isPath = candidates == 1;
        long branches = isPath ? 0 : (long)candidates * candidateTokens;
        long trunk = isPath ? promptTokens + candidateTokens : promptTokens;
        return new BatchShape(
            trees,
            trees * candidates,
            (int)(trees * (trunk + branches)),
            promptTokens + candidateTokens,
            (long)trees * candidates * (promptTokens + candidateTokens),
            trees * trunk * trunk,
            trees * branches * (trunk + branches));
    }

    /// <summary>The shape of a forest.</summary>
    public static BatchShape Of(TokenForest forest)
    {
        ReadOnlySpan<Segment> segments = forest.Segments;
        int trees = 0;
        long trunkPairs = 0, branchPairs = 0, pathTokens = 0;
        for (int root = 0; root < segments.Length;)
        {
            int end = root + 1;
            while (end < segments.Length && segments[end].Parent >= 0)
            {
                end++;
            }

            long tokens = 0, trunk = 0;
            for (int s = root; s < end; s++)
            {
                tokens += segments[s].Length;
            }

            for (int s = root; s < end && (s == root || IsOnlyChild(segments[root..end], s - root, root)); s++)
            {
                trunk += segments[s].Length;
            }

            trees++;
            trunkPairs += trunk * trunk;
            branchPairs += (tokens - trunk) * tokens;
            root = end;
        }

        foreach (int leaf in forest.Leaves)
        {
            pathTokens += segments[leaf].End;
        }

        return new BatchShape(trees, forest.Leaves.Length, forest.Tokens.Length, forest.LongestPath, pathTokens, trunkPairs, branchPairs);
    }

    /// <summary>Whether a segment of a tree continues the one before it, and nothing else does.</summary>
    private static bool IsOnlyChild(ReadOnlySpan<Segment> tree, int segment, int root)
    {
        int parent = tree[segment].Parent, children = 0;
        foreach (Segment other in tree)
        {
            children += other.Parent == parent ? 1 : 0;
        }

        return parent == root + segment - 1 && children == 1;
    }
}
