using ToolRM.Training;

namespace ToolRM.Tests.Training;

/// <summary>Pairs of made-up tokens, in which low tokens are right and high ones wrong.</summary>
internal static class TestPairs
{
    public static TrainingPairs None => Build(100);

    public static TrainingPairs Build(int maxLength, params TokenizedPair[] pairs)
    {
        var builder = new TrainingPairs.Builder(maxLength);
        Array.ForEach(pairs, builder.Add);
        return builder.Build();
    }

    /// <summary>Pairs of which every third shares prompt and chosen candidate with the one before.</summary>
    public static TrainingPairs Random(int count, int seed = 7) => Build(100, Pairs(count, seed));

    public static TokenizedPair[] Pairs(int count, int seed = 7)
    {
        var random = new Random(seed);
        int[] Tokens(int from, int to) => [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(from, to))];

        var pairs = new TokenizedPair[count];
        for (int i = 0; i < count; i++)
        {
            int[] rejected = Tokens(25, 40);
            pairs[i] = i % 3 == 2
                ? pairs[i - 1] with { Id = $"{i}", Rejected = rejected }
                : new($"{i}", Tokens(0, 40), Tokens(0, 15), rejected, Margin: i % 4 * 0.25);
        }

        return pairs;
    }
}
