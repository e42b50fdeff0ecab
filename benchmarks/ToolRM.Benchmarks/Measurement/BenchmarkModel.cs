using ToolRM.Engines;
using ToolRM.Engines.Devices;
using ToolRM.Models;

namespace ToolRM.Benchmarks.Measurement;

/// <summary>The model that engine benchmarks run: about 42 million parameters, with random values from a seed.</summary>
internal static class BenchmarkModel
{
    private const ulong Seed = 1;

    /// <summary>The shape; documented in docs/performance.md, so that others can be measured on the same.</summary>
    public static DecoderConfig Config { get; } = new()
    {
        ModelType = "qwen3",
        VocabularySize = 8192,
        HiddenSize = 512,
        IntermediateSize = 1536,
        Layers = 12,
        Heads = 8,
        KeyValueHeads = 4,
        HeadSize = 64,
        HasQueryKeyNorm = true,
        MaxLength = 8192,
    };

    /// <summary>Thread counts to compare: one, and all.</summary>
    public static IEnumerable<int> ThreadCounts => new[] { 1, Environment.ProcessorCount }.Distinct();

    public static IParameterSource Parameters => new SeededInitializer(Seed);

    /// <summary>An engine that scores with the model.</summary>
    public static IRewardEngine Scorer(string device, int threads, ElementType type = ElementType.Float32) =>
        EngineFactory.Current.CreateScorer(Config, Parameters, new EngineRequest { Device = device, Threads = threads, ElementType = type });

    /// <summary>An engine that trains the model.</summary>
    public static ITrainingEngine Trainer(string device, int threads, bool recomputes) => EngineFactory.Current.CreateTrainer(
        Config, Parameters, new EngineRequest { Device = device, Threads = threads, RecomputesActivations = recomputes });

    /// <summary>Random token ids, the same for the same seed.</summary>
    public static int[] Tokens(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(Config.VocabularySize))];
    }

    /// <summary>Sequences that share nothing.</summary>
    public static TokenForest Sequences(int count, int length)
    {
        var builder = new TokenForest.Builder();
        for (int i = 0; i < count; i++)
        {
            builder.Add(-1, Tokens(length, seed: i), isLeaf: true);
        }

        return builder.Build();
    }
}
