using ToolRM.Engines;

namespace ToolRM.Training;

/// <summary>A pair and the leaves of its two candidates in the forest; pairs of one tree share the chosen leaf.</summary>
internal readonly record struct PairLeaves(TokenizedPair Pair, int Chosen, int Rejected);

/// <summary>Pairs that go through the engine together.</summary>
internal sealed record MicroBatch(TokenForest Forest, IReadOnlyList<PairLeaves> Pairs)
{
    /// <summary>
    /// Packs pairs, in the given order, into forests of at most <paramref name="tokenBudget"/> tokens; a pair that alone
    /// has more is a forest by itself. Neighbours that share prompt and chosen candidate share their tree.
    /// </summary>
    public static IEnumerable<MicroBatch> Pack(TrainingPairs pairs, ReadOnlyMemory<int> order, int tokenBudget)
    {
        var forest = new TokenForest.Builder();
        var packed = new List<PairLeaves>();
        int root = -1, chosenLeaf = -1, leaves = 0;
        for (int i = 0; i < order.Length; i++)
        {
            TokenizedPair pair = pairs[order.Span[i]];
            bool shares = packed.Count > 0 && pairs.Share(order.Span[i - 1], order.Span[i]);
            int own = pair.Rejected.Length, whole = pair.Prompt.Length + pair.Chosen.Length + own;
            if (packed.Count > 0 && forest.TokenCount + (shares ? own : whole) > tokenBudget)
            {
                yield return new(forest.Build(), packed);
                (forest, packed, leaves, shares) = (new(), [], 0, false);
            }

            if (!shares)
            {
                root = forest.Add(-1, pair.Prompt, isLeaf: false);
                forest.Add(root, pair.Chosen, isLeaf: true);
                chosenLeaf = leaves++;
            }

            forest.Add(root, pair.Rejected, isLeaf: true);
            packed.Add(new(pair, chosenLeaf, leaves++));
        }

        if (packed.Count > 0)
        {
            yield return new(forest.Build(), packed);
        }
    }
}
