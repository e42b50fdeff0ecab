using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using ToolRM.Benchmarks.Measurement;
using ToolRM.Engines;

namespace ToolRM.Benchmarks;

/// <summary>An optimiser step on pairs, each a tree of a prompt and two candidates: forward, backward, gradient norm, AdamW.</summary>
[Config(typeof(Columns))]
public class TrainingBenchmarks : IDisposable
{
    private const int Pairs = 12;
    private const int PromptLength = 256;
    private const int CandidateLength = 64;
    private ITrainingEngine _engine = null!;
    private TokenForest _forest = null!;
    private readonly float[] _rewards = new float[2 * Pairs];
    private readonly float[] _gradients = [.. Enumerable.Range(0, 2 * Pairs).Select(leaf => (leaf % 2 == 0 ? -0.5f : 0.5f) / Pairs)];
    private int _step;

    public static IEnumerable<string> Devices => BenchmarkDevices.Names;

    public static IEnumerable<int> ThreadCounts => BenchmarkModel.ThreadCounts;

    [ParamsSource(nameof(Devices))]
    public string Device { get; set; } = "";

    [ParamsSource(nameof(ThreadCounts))]
    public int Threads { get; set; }

    /// <summary>Whether activations are computed again to save memory, which counts as no work done.</summary>
    [Params(false, true)]
    public bool Recompute { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _engine = BenchmarkModel.Trainer(Device, Threads, Recompute);
        _forest = Forest();
    }

    private static TokenForest Forest()
    {
        var builder = new TokenForest.Builder();
        for (int pair = 0; pair < Pairs; pair++)
        {
            int root = builder.Add(-1, BenchmarkModel.Tokens(PromptLength, seed: 3 * pair), isLeaf: false);
            builder.Add(root, BenchmarkModel.Tokens(CandidateLength, seed: (3 * pair) + 1), isLeaf: true);
            builder.Add(root, BenchmarkModel.Tokens(CandidateLength, seed: (3 * pair) + 2), isLeaf: true);
        }

        return builder.Build();
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _engine.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public double Step()
    {
        _engine.Forward(_forest, _rewards, CancellationToken.None);
        _engine.Backward(_gradients, CancellationToken.None);
        double norm = _engine.GradientNorm();
        _engine.Step(new AdamWStep(
            ++_step, LearningRate: 1e-6, Beta1: 0.9, Beta2: 0.95, Epsilon: 1e-8, WeightDecay: 0.1, GradientScale: 1));
        return norm;
    }

    private sealed class Columns : ManualConfig
    {
        private const int Tokens = Pairs * (PromptLength + (2 * CandidateLength));
        private const string Legend = "Tokens learned from per second, the prompt of a pair counted once";

        public Columns()
        {
            AddFilter(new SuiteFilter(
                typeof(TrainingBenchmarks), benchmark => BenchmarkDevices.IsProcessor(benchmark) || Threads(benchmark) == Environment.ProcessorCount));
            AddColumn(
                new RateColumn("Tokens/s", Legend, "N0", _ => Tokens),
                new RateColumn("Best tokens/s", Legend, "N0", _ => Tokens, isBest: true),
                new RateColumn("Pairs/s", "Pairs learned from per second", "N1", _ => Pairs),
                EngineColumns.OfProcessorPeak(_ => ForestOperations.Training(Forest(), BenchmarkModel.Config), Threads));
        }

        private static int Threads(BenchmarkCase benchmark) => (int)benchmark.Parameters[nameof(TrainingBenchmarks.Threads)];
    }
}
