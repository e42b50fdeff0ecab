using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using ToolRM.Benchmarks.Measurement;

namespace ToolRM.Benchmarks;

/// <summary>
/// Scoring with the embedded model, on each device, and with its verifier alone, which is always the processor's: from requests to
/// rewards, with all threads.
/// </summary>
[Config(typeof(Columns))]
public class EmbeddedModelBenchmarks : IDisposable
{
    private const int Requests = 32;
    private RewardModel _model = null!;
    private VerifierRewardModel _verifier = null!, _explaining = null!;
    private RewardRequest[] _requests = [];

    public static IEnumerable<string> Devices => BenchmarkDevices.Names;

    [ParamsSource(nameof(Devices))]
    public string Device { get; set; } = "";

    /// <summary>Candidates of each request.</summary>
    [Params(2, 8)]
    public int Candidates { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        // Every iteration has the same requests: with the cache, all but the first would find their prompts computed.
        _model = RewardModel.LoadEmbedded(new RewardModelOptions { Device = Device, PrefixCacheTokens = 0 });
        _verifier = EmbeddedModel.LoadVerifier();
        _explaining = EmbeddedModel.LoadVerifier(new RewardModelOptions { ExplainScores = true });
        _requests = TypicalRequests.Create(Requests, Candidates);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _model.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public Task Embedded() => _model.ScoreAsync(_requests);

    [Benchmark]
    public Task VerifierOnly() => _verifier.ScoreAsync(_requests);

    [Benchmark]
    public Task VerifierWithExplanations() => _explaining.ScoreAsync(_requests);

    private sealed class Columns : ManualConfig
    {
        public Columns()
        {
            AddFilter(new SuiteFilter(
                typeof(EmbeddedModelBenchmarks),
                benchmark => BenchmarkDevices.IsOwn(benchmark) || benchmark.Descriptor.WorkloadMethod.Name == nameof(Embedded)));
            AddColumn(new RateColumn(
                "Candidates/s",
                "Candidates scored per second",
                "N0",
                benchmark => Requests * (int)benchmark.Parameters[nameof(Candidates)]));
        }
    }
}
