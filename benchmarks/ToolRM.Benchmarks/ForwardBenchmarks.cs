using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using ToolRM.Benchmarks.Measurement;
using ToolRM.Engines;

namespace ToolRM.Benchmarks;

/// <summary>
/// Scoring sequences that share nothing: 1 to 64 of 128 to 1,024 tokens on each device, on processors with all threads; there
/// also 512 tokens on one, and with int8 weights.
/// </summary>
[Config(typeof(Columns))]
public class ForwardBenchmarks : IDisposable
{
    private IRewardEngine _engine = null!;
    private TokenForest _forest = null!;
    private float[] _rewards = null!;

    public static IEnumerable<string> Devices => BenchmarkDevices.Names;

    public static IEnumerable<int> ThreadCounts => BenchmarkModel.ThreadCounts;

    [ParamsSource(nameof(Devices))]
    public string Device { get; set; } = "";

    [Params(1, 4, 16, 64)]
    public int Batch { get; set; }

    [Params(128, 512, 1024)]
    public int Length { get; set; }

    [Params(ElementType.Float32, ElementType.Int8)]
    public ElementType Type { get; set; }

    [ParamsSource(nameof(ThreadCounts))]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _engine = BenchmarkModel.Scorer(Device, Threads, Type);
        _forest = BenchmarkModel.Sequences(Batch, Length);
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
        public Columns()
        {
            AddFilter(new SuiteFilter(typeof(ForwardBenchmarks), IsWanted));
            AddColumn(
                new RateColumn("Tokens/s", "Tokens scored per second", "N0", Tokens),
                new RateColumn("Best tokens/s", "Tokens scored per second", "N0", Tokens, isBest: true),
                EngineColumns.OfProcessorPeak(
                    benchmark => BenchmarkModel.Sequences(Value(benchmark, nameof(Batch)), Value(benchmark, nameof(Length))),
                    benchmark => Value(benchmark, nameof(Threads))));
        }

        /// <summary>
        /// On one thread and in int8, which are the processor's, a few are enough to compare; a short run leaves out what takes seconds.
        /// </summary>
        private static bool IsWanted(BenchmarkCase benchmark)
        {
            const int LongestOfShortRun = 8192, LongestOfOthers = 2048, UsualLength = 512;
            bool hasAllThreads = Value(benchmark, nameof(Threads)) == Environment.ProcessorCount;
            bool isFloat32 = (ElementType)benchmark.Parameters[nameof(Type)] == ElementType.Float32;
            bool isPossible = (hasAllThreads || BenchmarkDevices.IsProcessor(benchmark)) && (isFloat32 || BenchmarkDevices.IsOwn(benchmark));
            return isPossible
                && ((hasAllThreads && isFloat32) || (Value(benchmark, nameof(Length)) == UsualLength && Tokens(benchmark) <= LongestOfOthers))
                && (!BenchmarkConfig.IsShort(benchmark.Job) || Tokens(benchmark) <= LongestOfShortRun);
        }

        private static double Tokens(BenchmarkCase benchmark) => Value(benchmark, nameof(Batch)) * Value(benchmark, nameof(Length));

        private static int Value(BenchmarkCase benchmark, string name) => (int)benchmark.Parameters[name];
    }
}
