using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using ToolRM.Benchmarks.Measurement;
using ToolRM.Engines;
using ToolRM.Engines.Cpu;

namespace ToolRM.Benchmarks;

/// <summary>Scoring the candidates of one prompt, computed once for all of them or again for each; rewards are the same bits.</summary>
[Config(typeof(Columns))]
public class BestOfNBenchmarks : IDisposable
{
    private const int PromptLength = 512;
    private const int CandidateLength = 48;
    private CpuRewardEngine _engine = null!;
    private TokenForest _shared = null!, _separate = null!;
    private float[] _rewards = null!;

    [Params(4, 16)]
    public int Candidates { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _engine = new CpuRewardEngine(BenchmarkModel.Config, BenchmarkModel.Parameters, BenchmarkModel.Plan(Environment.ProcessorCount));
        TokenForest.Builder shared = new(), separate = new();
        int[] prompt = BenchmarkModel.Tokens(PromptLength, seed: 0);
        int root = shared.Add(-1, prompt, isLeaf: false);
        for (int i = 1; i <= Candidates; i++)
        {
            int[] candidate = BenchmarkModel.Tokens(CandidateLength, seed: i);
            shared.Add(root, candidate, isLeaf: true);
            separate.Add(-1, [.. prompt, .. candidate], isLeaf: true);
        }

        (_shared, _separate, _rewards) = (shared.Build(), separate.Build(), new float[Candidates]);
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

    private sealed class Columns : ManualConfig
    {
        public Columns() => AddColumn(
            new RateColumn("Candidates/s", "Candidates scored per second", "N1", Count),
            new RateColumn("Best candidates/s", "Candidates scored per second", "N1", Count, isBest: true));

        private static double Count(BenchmarkCase benchmark) => (int)benchmark.Parameters[nameof(Candidates)];
    }
}
