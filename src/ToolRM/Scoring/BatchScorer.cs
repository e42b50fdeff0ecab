using ToolRM.Engines;

namespace ToolRM.Scoring;

/// <summary>
/// Gathers the requests of many callers into forests and computes one forest at a time, on a thread of its own. While one is
/// computed, new calls wait and make up the next. Safe to call from many tasks at once; no thread waits for a caller.
/// </summary>
internal sealed class BatchScorer : IDisposable
{
    /// <summary>Guards everything but the computation; pulsed when the dispatcher should look again.</summary>
    private readonly object _gate = new();
    private readonly RewardModelOptions _options;
    private readonly TimeProvider _time;
    private readonly CallQueue _queue = new();
    private readonly GatheredForest _forest;
    private readonly ITimer _holdTimer;
    private readonly Thread _dispatcher;
    private bool _disposed;

    public BatchScorer(IRewardEngine engine, RewardModelOptions options, TimeProvider? time = null)
    {
        (Engine, _options, _time) = (engine, options, time ?? TimeProvider.System);
        PrefixCache? cache = engine is IPrefixCachingEngine caching && options.PrefixCacheTokens > 0
            ? new PrefixCache(caching, options.PrefixCacheTokens)
            : null;
        _forest = new GatheredForest(new ForestBuilder(options.TokenBudget, cache, engine.Config.PadTokenId));
        _holdTimer = _time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        // A thread of the pool would be missing there for as long as there is work, which on few processors is most of the pool.
        _dispatcher = new Thread(Dispatch) { IsBackground = true, Name = "ToolRM dispatcher" };
        _dispatcher.Start();
    }

    public IRewardEngine Engine { get; }

    /// <summary>The rewards of each request's candidates.</summary>
    /// <exception cref="ArgumentException">A request cannot be computed (see <see cref="RequestChecks"/>).</exception>
    /// <exception cref="OverloadedException">Too much is waiting.</exception>
    /// <exception cref="ObjectDisposedException">The scorer was disposed, before or meanwhile.</exception>
    public async Task<float[][]> ScoreAsync(IReadOnlyList<EncodedRequest> requests, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RequestChecks.Validate(requests, Engine.Config);
        if (requests.Count == 0)
        {
            return [];
        }

        var call = new ScoringCall(requests, _time.GetTimestamp());
        lock (_gate)
        {
            ThrowIfRefusing();
            _queue.Add(call);
            Monitor.Pulse(_gate);
        }

        using (cancellationToken.UnsafeRegister((state, token) => Cancel((ScoringCall)state!, token), call))
        {
            return await call.Task.ConfigureAwait(false);
        }
    }

    /// <summary>Throws what a call would get that arrived now: to find out before requests are encoded.</summary>
    public void ThrowIfRefusing()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                throw Disposed();
            }

            if (_queue.WaitingTokens >= _options.MaxQueuedTokens)
            {
                throw new OverloadedException(_queue.WaitingTokens, _options.MaxQueuedTokens.Value);
            }
        }
    }

    /// <summary>Fails what waits, lets the forest that is being computed end, then frees the engine.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            while (_queue.First is { } call)
            {
                call.TryFail(Disposed());
                Drop(call);
            }

            Monitor.Pulse(_gate);
        }

        _dispatcher.Join();
    }

    private void Dispatch()
    {
        while (WaitForForest())
        {
            Exception? error = Compute();
            lock (_gate)
            {
                Finish(error);
            }
        }

        _holdTimer.Dispose();
        _forest.Dispose();
        Engine.Dispose();
    }

    /// <summary>Waits until a forest is due and fills it; false if there will be none any more.</summary>
    private bool WaitForForest()
    {
        lock (_gate)
        {
            while (!_disposed && !IsDue())
            {
                Monitor.Wait(_gate);
            }

            _queue.MoveTo(_forest);
            return !_disposed;
        }
    }

    /// <summary>Whether there is work that need not wait for company any longer. Where it must, a timer is set.</summary>
    private bool IsDue()
    {
        if (_queue.First is null)
        {
            return false;
        }

        if (_options.MaxBatchWait == TimeSpan.Zero || _queue.WaitingTokens >= _options.TokenBudget)
        {
            return true;
        }

        TimeSpan left = _options.MaxBatchWait - _time.GetElapsedTime(_queue.OldestArrival);
        if (left <= TimeSpan.Zero)
        {
            return true;
        }

        // Timers count whole milliseconds and drop the rest: one that is too early would be set again and again.
        _holdTimer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
        return false;
    }

    private Exception? Compute()
    {
        try
        {
            _forest.Compute(Engine);
            return null;
        }
        catch (Exception error)
        {
            return error;
        }
    }

    private void Finish(Exception? error)
    {
        if (error is null)
        {
            _forest.Deliver();
        }
        else
        {
            foreach (ScoringCall call in _forest.Waiting)
            {
                call.TryFail(error);
                _queue.Remove(call);
            }
        }

        _forest.Clear(isComputed: error is null);
    }

    private void Cancel(ScoringCall call, CancellationToken token)
    {
        lock (_gate)
        {
            if (call.TryCancel(token))
            {
                Drop(call);
            }
        }
    }

    /// <summary>Forgets a call whose task has ended: nothing more is computed for it alone.</summary>
    private void Drop(ScoringCall call)
    {
        _queue.Remove(call);
        _forest.Leave(call);
    }

    private void Wake()
    {
        lock (_gate)
        {
            Monitor.Pulse(_gate);
        }
    }

    private static ObjectDisposedException Disposed() => new(objectName: null, "The reward model has been disposed.");
}
