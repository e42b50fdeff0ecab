namespace ToolRM.Training;

/// <summary>The order in which an epoch visits the pairs.</summary>
internal static class EpochOrder
{
    /// <summary>
    /// Pair indices, groups in random order and each group's pairs in random order one after the other, so that most
    /// groups fall into one step and become one tree. Depends on nothing but the groups, the seed and the epoch.
    /// </summary>
    public static int[] Create(TrainingPairs pairs, ulong seed, int epoch)
    {
        var random = Xoshiro256.Create(seed, (ulong)epoch);
        int[][] groups = [.. pairs.Groups];
        random.Shuffle<int[]>(groups);
        int[] order = new int[pairs.Count];
        int filled = 0;
        foreach (int[] group in groups)
        {
            Span<int> target = order.AsSpan(filled, group.Length);
            group.CopyTo(target);
            random.Shuffle(target);
            filled += group.Length;
        }

        return order;
    }
}
