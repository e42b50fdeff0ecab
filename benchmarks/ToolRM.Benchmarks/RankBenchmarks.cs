using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using ToolRM.Benchmarks.Measurement;

namespace ToolRM.Benchmarks;

/// <summary>
/// Best of 16, the whole way from a request to a ranking, on each device, on processors with all threads: in one call, in one call as if each candidate were
/// a request of its own, in 16 calls, and in one call whose prompt is known from an earlier one.
/// </summary>
[Config(typeof(Columns))]
public class RankBenchmarks : IDisposable
{
    private const int Candidates = 16;
    private SavedModel _saved = null!;
    private RewardModel _model = null!, _remembering = null!;
    private RewardRequest _request = null!;
    private RewardRequest[] _separate = [];

    public static IEnumerable<string> Devices => BenchmarkDevices.Names;

    [ParamsSource(nameof(Devices))]
    public string Device { get; set; } = "";

    /// <summary>Not itself asynchronous: BenchmarkDotNet's in-process toolchain would not wait for it.</summary>
    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    private async Task SetupAsync()
    {
        _saved = new SavedModel();
        _model = await RewardModel.LoadAsync(_saved.Folder, new RewardModelOptions { Device = Device, PrefixCacheTokens = 0 });
        _remembering = await RewardModel.LoadAsync(_saved.Folder, new RewardModelOptions { Device = Device });
        _request = LongConversation.Create(Candidates);
        _separate = [.. _request.Candidates.Select(candidate => new RewardRequest(_request.Prompt, [candidate]))];
        IReadOnlyList<RewardScore> scores = await _model.ScoreAsync(_request);
        int longest = scores.Max(score => score.CandidateTokens);
        Console.WriteLine(FormattableString.Invariant($"// prompt of {scores[0].PromptTokens} tokens, candidates of up to {longest}"));
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _model.Dispose();
        _remembering.Dispose();
        _saved.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public async Task CallForEachCandidate()
    {
        foreach (RewardRequest request in _separate)
        {
            await _model.ScoreAsync(request);
        }
    }

    [Benchmark]
    public Task RequestForEachCandidate() => _model.ScoreAsync(_separate);

    [Benchmark]
    public Task Rank() => _model.RankAsync(_request.Prompt, _request.Candidates);

    /// <summary>As in the next turn of a conversation, or for the next request with the same tools: the warm-up was the first.</summary>
    [Benchmark]
    public Task RankAfterKnownPrompt() => _remembering.RankAsync(_request.Prompt, _request.Candidates);

    private sealed class Columns : ManualConfig
    {
        public Columns() => AddColumn(
            new RateColumn("Candidates/s", "Candidates scored per second", "N1", _ => Candidates),
            new RateColumn("Best candidates/s", "Candidates scored per second", "N1", _ => Candidates, isBest: true));
    }
}
