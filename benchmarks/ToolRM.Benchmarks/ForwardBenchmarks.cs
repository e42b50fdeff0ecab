using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using ToolRM.Benchmarks.Measurement;
using ToolRM.Engines;
using ToolRM.Engines.Cpu;

namespace ToolRM.Benchmarks;

/// <summary>Scoring sequences that share nothing, each of 512 tokens.</summary>
[Config(typeof(Columns))]
public class ForwardBenchmarks : IDisposable
{
    private const int SequenceLength = 512;
    private CpuRewardEngine _engine = null!;
    private TokenForest _forest = null!;
    private float[] _rewards = null!;

    public static IEnumerable<int> ThreadCounts => BenchmarkModel.ThreadCounts;

    [Params(1, 4, 16)]
    public int Batch { get; set; }

    [ParamsSource(nameof(ThreadCounts))]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _engine = new CpuRewardEngine(BenchmarkModel.Config, BenchmarkModel.Parameters, BenchmarkModel.Plan(Threads));
        var builder = new TokenForest.Builder();
        for (int i = 0; i < Batch; i++)
        {
            builder.Add(-1, BenchmarkModel.Tokens(SequenceLength, seed: i), isLeaf: true);
        }

        _forest = builder.Build();
        _rewards = new float[Batch];
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _engine.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public void Score() => _engine.Score(_forest, _rewards, CancellationToken.None);

    private sealed class Columns : ManualConfig
    {
        public Columns() => AddColumn(
            new TagColumn("Device", _ => "cpu"),
            new RateColumn("Tokens/s", "Tokens scored per second", "N0", Tokens),
            new RateColumn("Best tokens/s", "Tokens scored per second", "N0", Tokens, isBest: true));

        private static double Tokens(BenchmarkCase benchmark) => (int)benchmark.Parameters[nameof(Batch)] * SequenceLength;
    }
}
