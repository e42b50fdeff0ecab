using ToolRM.Models;

namespace ToolRM.Engines;

/// <summary>
/// The floating-point operations that a forest needs at least, a multiply-add counted as two: what rates are compared with
/// a machine's peak by, however an engine goes about it.
/// </summary>
/// <remarks>
/// Counted are the products of matrices, of attention (each token with itself and all before it in its sequence) and of the
/// reward head; not norms, softmax, rotation and activation, which are few. Of the last layer only keys and values are
/// needed for all tokens, the rest for the pooled tokens alone. Nothing is counted for a vocabulary head: there is none.
/// </remarks>
internal static class ForestOperations
{
    /// <summary>Operations of computing a forest's rewards.</summary>
    public static double Scoring(TokenForest forest, DecoderConfig config)
    {
        double hidden = config.HiddenSize, queries = config.Heads * config.HeadSize, keys = config.KeyValueHeads * config.HeadSize;
        double keysAndValues = 2 * hidden * keys, rest = (2 * hidden * queries) + (3 * hidden * config.IntermediateSize);
        double tokens = forest.Tokens.Length, leaves = forest.Leaves.Length, inner = config.Layers - 1;

        // Each meeting of a token with a key is a product for its weight and one for the value it brings.
        double attention = 2 * queries * ((inner * Meetings(forest)) + PooledMeetings(forest, config.PadTokenId));
        double matrices = (config.Layers * tokens * keysAndValues) + (((inner * tokens) + leaves) * rest);
        return 2 * (matrices + attention + (leaves * hidden));
    }

    /// <summary>Operations of a training step: backward, each product becomes two, of the gradients of either side.</summary>
    public static double Training(TokenForest forest, DecoderConfig config) => 3 * Scoring(forest, config);

    /// <summary>Pairs of a token and a key it may see.</summary>
    private static double Meetings(TokenForest forest)
    {
        double meetings = 0;
        foreach (Segment segment in forest.Segments)
        {
            meetings += segment.Computed * (segment.Position + ((segment.Length + 1) / 2.0));
        }

        return meetings;
    }

    private static double PooledMeetings(TokenForest forest, int? padTokenId)
    {
        double meetings = 0;
        for (int leaf = 0; leaf < forest.Leaves.Length; leaf++)
        {
            int token = forest.PooledToken(leaf, padTokenId), index = forest.Leaves[leaf];
            while (token < forest.Segments[index].Start)
            {
                index = forest.Segments[index].Parent;
            }

            meetings += forest.Segments[index].Position + token - forest.Segments[index].Start + 1;
        }

        return meetings;
    }
}
