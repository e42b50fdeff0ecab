using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using ToolRM.Benchmarks.Measurement;

namespace ToolRM.Benchmarks;

/// <summary>
/// The same requests with the embedded model, given as one batch, and one by one from many tasks, each of which waits for its answer
/// before it asks again.
/// </summary>
[Config(typeof(Columns))]
public class SchedulerBenchmarks : IDisposable
{
    private const int Requests = 512;
    private const int Candidates = 2;
    private const int Callers = 256;

    /// <summary>Two forward passes of the default budget: less than what the callers would have waiting.</summary>
    private const int QueueLimit = 32_768;

    private static readonly TimeSpan _pauseAfterRefusal = TimeSpan.FromMilliseconds(5);
    private static readonly Latencies _unlimitedLatencies = new(), _limitedLatencies = new();
    private RewardModel _model = null!, _limited = null!;
    private RewardRequest[] _requests = [];

    [GlobalSetup]
    public void Prepare()
    {
        // Every iteration has the same requests: with the cache, all but the first would find their prompts computed.
        RewardModelOptions options = new() { PrefixCacheTokens = 0 };
        _model = RewardModel.LoadEmbedded(options);
        _limited = RewardModel.LoadEmbedded(options with { MaxQueuedTokens = QueueLimit });
        _requests = TypicalRequests.Create(Requests, Candidates);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _model.Dispose();
        _limited.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public Task OneBatch() => _model.ScoreAsync(_requests);

    [Benchmark]
    public Task ManyTasks() => ScoreFromManyTasks(_model, _unlimitedLatencies);

    /// <summary>A caller that is refused tries again after a pause; the latencies are those of accepted calls.</summary>
    [Benchmark]
    public Task ManyTasksAndQueueLimit() => ScoreFromManyTasks(_limited, _limitedLatencies);

    private Task ScoreFromManyTasks(RewardModel model, Latencies latencies)
    {
        int next = -1;
        return Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            for (int i = Interlocked.Increment(ref next); i < Requests; i = Interlocked.Increment(ref next))
            {
                while (!await TryScore(model, _requests[i], latencies))
                {
                    await Task.Delay(_pauseAfterRefusal);
                }
            }
        })));
    }

    private static async Task<bool> TryScore(RewardModel model, RewardRequest request, Latencies latencies)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            await model.ScoreAsync(request);
        }
        catch (OverloadedException)
        {
            return false;
        }

        latencies.Add(Stopwatch.GetElapsedTime(start));
        return true;
    }

    private sealed class Columns : ManualConfig
    {
        private static readonly Dictionary<string, Latencies> _latencies = new()
        {
            [nameof(ManyTasks)] = _unlimitedLatencies,
            [nameof(ManyTasksAndQueueLimit)] = _limitedLatencies,
        };

        public Columns() => AddColumn(
            new RateColumn("Candidates/s", "Candidates scored per second", "N0", _ => Requests * Candidates),
            new RateColumn("Best candidates/s", "Candidates scored per second", "N0", _ => Requests * Candidates, isBest: true),
            new LatencyColumn(50, benchmark => _latencies.GetValueOrDefault(benchmark.Descriptor.WorkloadMethod.Name)),
            new LatencyColumn(99, benchmark => _latencies.GetValueOrDefault(benchmark.Descriptor.WorkloadMethod.Name)));
    }
}
