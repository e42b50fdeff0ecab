using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using ToolRM.Benchmarks.Measurement;
using ToolRM.Engines;

namespace ToolRM.Benchmarks;

/// <summary>Scoring the candidates of one prompt, computed once for all of them or again for each.</summary>
[Config(typeof(Columns))]
public class BestOfNBenchmarks : IDisposable
{
    private const int PromptLength = 512;
    private const int CandidateLength = 48;
    private IRewardEngine _engine = null!;
    private TokenForest _shared = null!, _separate = null!;
    private float[] _rewards = null!;

    public static IEnumerable<string> Devices => BenchmarkDevices.Names;

    [ParamsSource(nameof(Devices))]
    public string Device { get; set; } = "";

    [Params(4, 16)]
    public int Candidates { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _engine = BenchmarkModel.Scorer(Device, Environment.ProcessorCount);
        (_shared, _separate, _rewards) = (Shared(Candidates), Separate(Candidates), new float[Candidates]);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _engine.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public void PromptForEachCandidate() => _engine.Score(_separate, _rewards, CancellationToken.None);

    [Benchmark]
    public void PromptOnce() => _engine.Score(_shared, _rewards, CancellationToken.None);

    private static TokenForest Shared(int candidates)
    {
        var forest = new TokenForest.Builder();
        int root = forest.Add(-1, BenchmarkModel.Tokens(PromptLength, seed: 0), isLeaf: false);
        for (int i = 1; i <= candidates; i++)
        {
            forest.Add(root, BenchmarkModel.Tokens(CandidateLength, seed: i), isLeaf: true);
        }

        return forest.Build();
    }

    private static TokenForest Separate(int candidates)
    {
        var forest = new TokenForest.Builder();
        for (int i = 1; i <= candidates; i++)
        {
            int[] prompt = BenchmarkModel.Tokens(PromptLength, seed: 0);
            forest.Add(-1, [.. prompt, .. BenchmarkModel.Tokens(CandidateLength, seed: i)], isLeaf: true);
        }

        return forest.Build();
    }

    private sealed class Columns : ManualConfig
    {
        public Columns() => AddColumn(
            new RateColumn("Candidates/s", "Candidates scored per second", "N1", Count),
            new RateColumn("Best candidates/s", "Candidates scored per second", "N1", Count, isBest: true),
            EngineColumns.OfProcessorPeak(Forest, _ => Environment.ProcessorCount));

        private static TokenForest Forest(BenchmarkCase benchmark) =>
            benchmark.Descriptor.WorkloadMethod.Name == nameof(PromptOnce)
                ? Shared((int)Count(benchmark))
                : Separate((int)Count(benchmark));

        private static double Count(BenchmarkCase benchmark) => (int)benchmark.Parameters[nameof(Candidates)];
    }
}
