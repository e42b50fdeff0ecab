using ToolRM.Engines;

namespace ToolRM.Scoring;

/// <summary>
/// A forest of many callers' requests: filled, computed, handed out, and filled again. Not safe for concurrent use: the owner
/// locks, except around <see cref="Compute"/>.
/// </summary>
internal sealed class GatheredForest(ForestBuilder builder) : IDisposable
{
    private readonly List<Part> _parts = [];
    private readonly HashSet<ScoringCall> _waiting = [];
    private CancellationTokenSource _abandoned = new();
    private float[] _rewards = [];
    private int _leaves;

    /// <summary>Adds what fits of a call's next request; false if the forest must be computed first.</summary>
    public bool TryAdd(ScoringCall call)
    {
        int count = builder.TryAdd(call.NextRequest, call.NextCandidate);
        if (count == 0)
        {
            return false;
        }

        _parts.Add(new Part(call, call.NextRequestIndex, call.NextCandidate, count));
        _waiting.Add(call);
        _leaves += count;
        call.Take(count);
        return true;
    }

    /// <summary>Notes that a call no longer waits for its rewards. When none does, the computation stops at the next chance.</summary>
    public void Leave(ScoringCall call)
    {
        if (_waiting.Remove(call) && _waiting.Count == 0)
        {
            _abandoned.Cancel();
        }
    }

    /// <summary>Computes the rewards.</summary>
    public void Compute(IRewardEngine engine)
    {
        if (_rewards.Length < _leaves)
        {
            _rewards = new float[Math.Max(_leaves, 2 * _rewards.Length)];
        }

        engine.Score(builder.Build(), _rewards.AsSpan(0, _leaves), _abandoned.Token);
    }

    /// <summary>Hands the rewards to the calls.</summary>
    public void Deliver()
    {
        ReadOnlySpan<float> rewards = _rewards;
        foreach (Part part in _parts)
        {
            part.Call.SetRewards(part.Request, part.FirstCandidate, rewards[..part.Count]);
            rewards = rewards[part.Count..];
        }
    }

    /// <summary>The calls that still wait for this forest.</summary>
    public IReadOnlyCollection<ScoringCall> Waiting => _waiting;

    /// <summary>Makes room for the next forest.</summary>
    /// <param name="isComputed">Whether this one was computed.</param>
    public void Clear(bool isComputed)
    {
        builder.Clear(isComputed);
        _parts.Clear();
        _waiting.Clear();
        _leaves = 0;
        if (!_abandoned.TryReset())
        {
            _abandoned.Dispose();
            _abandoned = new CancellationTokenSource();
        }
    }

    public void Dispose()
    {
        builder.Dispose();
        _abandoned.Dispose();
    }

    /// <summary>Neighbouring candidates of a request.</summary>
    private readonly record struct Part(ScoringCall Call, int Request, int FirstCandidate, int Count);
}
