using ToolRM.Scoring;

namespace ToolRM.Tests.Scoring;

/// <summary>A scorer on a <see cref="HeldEngine"/>, for requests of bare sequences.</summary>
internal sealed class HeldScorer : IDisposable
{
    public HeldScorer(int tokenBudget = 100, TimeSpan maxBatchWait = default, int? maxQueuedTokens = null, TimeProvider? time = null) =>
        Scorer = new BatchScorer(
            Engine,
            new RewardModelOptions { TokenBudget = tokenBudget, MaxBatchWait = maxBatchWait, MaxQueuedTokens = maxQueuedTokens },
            time);

    public HeldEngine Engine { get; } = new();

    public BatchScorer Scorer { get; }

    /// <summary>Scores one sequence after another, each a request.</summary>
    public Task<float[][]> Score(params int[][] sequences) => Score(CancellationToken.None, sequences);

    public Task<float[][]> Score(CancellationToken cancellationToken, params int[][] sequences) =>
        Scorer.ScoreAsync([.. sequences.Select(sequence => new EncodedRequest([], [sequence]))], cancellationToken);

    /// <summary>Scores a sequence, and returns when the engine computes it and nothing else.</summary>
    public async Task<Task<float[][]>> Occupy(params int[] sequence)
    {
        Task<float[][]> call = Score(sequence);
        (await Engine.NextForest()).Should().Equal(sequence);
        return call;
    }

    /// <summary>Lets the current forest be computed, and returns the tokens of the next.</summary>
    public Task<int[]> NextForest()
    {
        Engine.Release();
        return Engine.NextForest();
    }

    /// <summary>Lets everything through.</summary>
    public void Dispose()
    {
        Engine.Release(1000);
        Scorer.Dispose();
    }
}
