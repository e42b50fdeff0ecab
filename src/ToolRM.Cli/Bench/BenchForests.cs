using ToolRM.Engines;
using ToolRM.Models;

namespace ToolRM.Cli.Bench;

/// <summary>Makes the forests of a case, of random tokens that are the same in every run.</summary>
internal static class BenchForests
{
    /// <summary>The forests of one call: its trees in order, as many together as the token budget allows, but at least one.</summary>
    public static IReadOnlyList<TokenForest> Create(BenchCase shape, DecoderConfig config, int tokenBudget)
    {
        var random = new Random(1);
        var forests = new List<TokenForest>();
        var builder = new TokenForest.Builder();
        long tree = (shape with { Batch = 1 }).Tokens / (shape.RepeatsPrompt ? shape.Candidates : 1);
        void Begin()
        {
            if (builder.TokenCount > 0 && builder.TokenCount + tree > tokenBudget)
            {
                forests.Add(builder.Build());
                builder = new TokenForest.Builder();
            }
        }

        for (int i = 0; i < shape.Batch; i++)
        {
            int[] prompt = Tokens(random, shape.PromptTokens, config);
            int root = -1;
            for (int c = 0; c < shape.Candidates; c++)
            {
                if (c == 0 || shape.RepeatsPrompt)
                {
                    Begin();
                    root = prompt.Length > 0 ? builder.Add(-1, prompt, isLeaf: false) : -1;
                }

                builder.Add(root, Tokens(random, shape.CandidateTokens, config), isLeaf: true);
            }
        }

        forests.Add(builder.Build());
        return forests;
    }

    /// <summary>Random ids, none of them padding, which pooling would skip.</summary>
    private static int[] Tokens(Random random, int count, DecoderConfig config)
    {
        var tokens = new int[count];
        for (int i = 0; i < count; i++)
        {
            int id = random.Next(config.VocabularySize);
            tokens[i] = id == config.PadTokenId ? (id + 1) % config.VocabularySize : id;
        }

        return tokens;
    }
}
