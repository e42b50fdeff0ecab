using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using ToolRM.Benchmarks.Measurement;

namespace ToolRM.Benchmarks;

/// <summary>
/// Best of 16, the whole way from a request to a ranking, on all processors: in one call, in one call as if each candidate were
/// a request of its own, and in 16 calls.
/// </summary>
[Config(typeof(Columns))]
public class RankBenchmarks : IDisposable
{
    private const int Candidates = 16;
    private SavedModel _saved = null!;
    private RewardModel _model = null!;
    private RewardRequest _request = null!;
    private RewardRequest[] _separate = [];

    [GlobalSetup]
    public async Task Setup()
    {
        _saved = new SavedModel();
        _model = await RewardModel.LoadAsync(_saved.Folder);
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

    private sealed class Columns : ManualConfig
    {
        public Columns() => AddColumn(
            EngineColumns.Device,
            new RateColumn("Candidates/s", "Candidates scored per second", "N1", _ => Candidates),
            new RateColumn("Best candidates/s", "Candidates scored per second", "N1", _ => Candidates, isBest: true));
    }
}
