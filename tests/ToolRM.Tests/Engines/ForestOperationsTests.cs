using ToolRM.Engines;
using ToolRM.Models;

namespace ToolRM.Tests.Engines;

public class ForestOperationsTests
{
    private static readonly DecoderConfig _config = new()
    {
        ModelType = "llama", VocabularySize = 100, HiddenSize = 10, IntermediateSize = 7, Layers = 2, Heads = 2, KeyValueHeads = 1,
        HeadSize = 4, PadTokenId = 0, MaxLength = 100,
    };

    [Fact]
    public void Three_tokens_in_two_layers_by_hand()
    {
        TokenForest forest = TinyModels.Sequence([1, 2, 3]);

        // First layer, each of 3 tokens: keys and values 10 x 8, queries and output 2 x 10 x 8, feed-forward 3 x 10 x 7.
        // Last layer: keys and values for 3 tokens, the rest for 1. Attention: 1 + 2 + 3 keys, then 3, each 8 wide and twice. Head: 10.
        const int multiplyAdds = (3 * (80 + 160 + 210)) + (3 * 80) + (160 + 210) + (2 * 8 * (6 + 3)) + 10;

        ForestOperations.Scoring(forest, _config).Should().Be(2 * multiplyAdds);
        ForestOperations.Training(forest, _config).Should().Be(6 * multiplyAdds);
    }

    [Fact]
    public void Prompt_counts_once_for_all_its_candidates()
    {
        int[] prompt = [1, 2, 3, 4], first = [5, 6], second = [7, 8, 9];

        double shared = ForestOperations.Scoring(TinyModels.Tree(prompt, first, second), _config);
        double separate = ForestOperations.Scoring(TinyModels.Sequence([.. prompt, .. first]), _config)
            + ForestOperations.Scoring(TinyModels.Sequence([.. prompt, .. second]), _config);

        // The prompt's own share: all of the first layer, and keys and values of the last.
        separate.Should().Be(shared + (2 * ((4 * (80 + 160 + 210)) + (4 * 80) + (2 * 8 * (1 + 2 + 3 + 4)))));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(3, 3)]
    public void Any_forest_is_the_sum_over_its_tokens(int layers, int seed)
    {
        DecoderConfig config = _config with { Layers = layers };
        TokenForest forest = Random(seed, config);

        ForestOperations.Scoring(forest, config).Should().Be(CountSlowly(forest, config));
    }

    /// <summary>Trees of up to three levels, some of whose leaves end with padding or are nothing else.</summary>
    private static TokenForest Random(int seed, DecoderConfig config)
    {
        var random = new Random(seed);
        var forest = new TokenForest.Builder();
        for (int tree = 0; tree < 4; tree++)
        {
            int root = forest.Add(-1, TinyModels.Tokens(tree, 1 + random.Next(9), config), isLeaf: tree == 0);
            for (int branch = 0; branch < 3; branch++)
            {
                int inner = forest.Add(root, TinyModels.Tokens(branch, 1 + random.Next(5), config), isLeaf: false);
                forest.Add(inner, [.. TinyModels.Tokens(branch, random.Next(4), config), .. new int[1 + random.Next(3)]], isLeaf: true);
                forest.Add(inner, TinyModels.Tokens(seed, 1 + random.Next(4), config), isLeaf: true);
            }
        }

        return forest.Build();
    }

    /// <summary>Multiply-adds token by token, layer by layer, key by key.</summary>
    private static double CountSlowly(TokenForest forest, DecoderConfig config)
    {
        int[] pooled = [.. Enumerable.Range(0, forest.Leaves.Length).Select(leaf => forest.PooledToken(leaf, config.PadTokenId))];
        int wide = config.Heads * config.HeadSize, narrow = config.KeyValueHeads * config.HeadSize;
        long count = 0;
        for (int token = 0; token < forest.Tokens.Length; token++)
        {
            for (int layer = 0; layer < config.Layers; layer++)
            {
                count += 2 * config.HiddenSize * narrow;
                int times = layer < config.Layers - 1 ? 1 : pooled.Count(other => other == token);
                for (int time = 0; time < times; time++)
                {
                    count += 2 * config.HiddenSize * wide;
                    count += 3 * config.HiddenSize * config.IntermediateSize;
                    for (int key = 0; key < forest.Tokens.Length; key++)
                    {
                        count += Sees(forest, token, key) ? 2 * wide : 0;
                    }
                }
            }
        }

        return 2.0 * (count + (pooled.Length * config.HiddenSize));
    }

    private static bool Sees(TokenForest forest, int token, int key)
    {
        for (int s = SegmentOf(forest, token); s >= 0; s = forest.Segments[s].Parent)
        {
            if (s == SegmentOf(forest, key))
            {
                return key <= token;
            }
        }

        return false;
    }

    private static int SegmentOf(TokenForest forest, int token) =>
        Array.FindIndex(forest.Segments.ToArray(), segment => token >= segment.Start && token < segment.Start + segment.Length);
}
