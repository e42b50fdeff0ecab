using ToolRM.Engines;

namespace ToolRM.TorchSharp;

/// <summary>The part of a forest that some of its leaves need.</summary>
internal static class LeafRange
{
    /// <summary>A forest of leaves [first, first + count) in their order, with the segments they continue.</summary>
    public static TokenForest Of(TokenForest forest, int first, int count)
    {
        var needed = new bool[forest.Segments.Length];
        foreach (int leaf in forest.Leaves.Slice(first, count))
        {
            for (int s = leaf; s >= 0 && !needed[s]; s = forest.Segments[s].Parent)
            {
                needed[s] = true;
            }
        }

        var builder = new TokenForest.Builder();
        var index = new int[needed.Length];
        for (int s = 0; s < needed.Length; s++)
        {
            if (needed[s])
            {
                Segment segment = forest.Segments[s];
                bool isLeaf = forest.Leaves.Slice(first, count).Contains(s);
                index[s] = builder.Add(
                    segment.Parent < 0 ? -1 : index[segment.Parent], forest.Tokens.Slice(segment.Start, segment.Length), isLeaf);
            }
        }

        return builder.Build();
    }
}
