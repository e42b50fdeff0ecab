using ToolRM.Engines;

namespace ToolRM.Scoring;

/// <summary>Runs encoded requests through an engine, one forest at a time, off the caller's thread. Safe to call from many tasks at once.</summary>
internal sealed class BatchScorer(IRewardEngine engine, int tokenBudget) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private bool _disposed;

    public IRewardEngine Engine { get; } = engine;

    /// <summary>The rewards of each request's candidates. A call that is cancelled stops before its next layer.</summary>
    public async Task<float[][]> ScoreAsync(IReadOnlyList<EncodedRequest> requests, CancellationToken cancellationToken)
    {
        float[][] rewards = [.. requests.Select(request => new float[request.Candidates.Length])];
        foreach (PlannedForest plan in ForestPlanner.Plan(requests, tokenBudget))
        {
            await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                await Task.Run(() => Run(plan, rewards, cancellationToken), cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _gate.Release();
            }
        }

        return rewards;
    }

    /// <summary>Waits for the forest that is being computed, then frees the engine.</summary>
    public void Dispose()
    {
        _gate.Wait();
        if (!_disposed)
        {
            _disposed = true;
            Engine.Dispose();
        }

        _gate.Release();
    }

    private void Run(PlannedForest plan, float[][] rewards, CancellationToken cancellationToken)
    {
        var leaves = new float[plan.Owners.Count];
        Engine.Score(plan.Forest, leaves, cancellationToken);
        for (int i = 0; i < leaves.Length; i++)
        {
            rewards[plan.Owners[i].Request][plan.Owners[i].Candidate] = leaves[i];
        }
    }
}
