namespace ToolRM.Tests.Scoring;

/// <summary>How long a forest that is not full waits for company.</summary>
public class BatchWaitTests
{
    private static readonly TimeSpan _wait = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_forest_that_is_not_full_waits_as_long_as_the_oldest_call_may()
    {
        var time = new ManualTime();
        using var held = new HeldScorer(maxBatchWait: _wait, time: time);
        Task first = held.Score([1]);
        time.Advance(TimeSpan.FromSeconds(6));
        Task second = held.Score([2]);
        time.Advance(TimeSpan.FromSeconds(3.999));
        Task third = held.Score([3]);
        time.Advance(TimeSpan.FromSeconds(0.001));

        (await held.Engine.NextForest()).Should().Equal(1, 2, 3);
        held.Engine.Release();
        await Task.WhenAll(first, second, third);
    }

    [Fact]
    public async Task A_full_forest_does_not_wait()
    {
        using var held = new HeldScorer(tokenBudget: 4, maxBatchWait: _wait, time: new ManualTime());
        Task first = held.Score([1, 1]);
        Task second = held.Score([2, 2]);

        (await held.Engine.NextForest()).Should().Equal(1, 1, 2, 2);
        held.Engine.Release();
        await Task.WhenAll(first, second);
    }

    [Fact]
    public async Task What_a_full_forest_leaves_waits_from_its_own_arrival()
    {
        var time = new ManualTime();
        using var held = new HeldScorer(tokenBudget: 2, maxBatchWait: _wait, time: time);
        Task old = held.Score([1], [2], [3]);
        (await held.Engine.NextForest()).Should().Equal(1, 2);
        time.Advance(_wait);

        (await held.NextForest()).Should().Equal(3);
        held.Engine.Release();
        await old;
    }

    [Fact]
    public async Task The_wait_is_not_for_a_call_that_was_cancelled()
    {
        var time = new ManualTime();
        using var held = new HeldScorer(maxBatchWait: _wait, time: time);
        using var source = new CancellationTokenSource();
        Task cancelled = held.Score(source.Token, [1]);
        time.Advance(TimeSpan.FromSeconds(9));
        Task second = held.Score([2]);
        await source.CancelAsync();
        time.Advance(TimeSpan.FromSeconds(1));
        Task third = held.Score([3]);
        time.Advance(TimeSpan.FromSeconds(9));

        (await held.Engine.NextForest()).Should().Equal(2, 3);
        held.Engine.Release();
        await Task.WhenAll(second, third);
        await cancelled.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_call_without_company_is_computed_by_the_clock_of_the_system()
    {
        using var held = new HeldScorer(maxBatchWait: TimeSpan.FromMilliseconds(1.5));
        held.Engine.Release();

        (await held.Score([1]))[0].Should().Equal(1);
    }

    /// <summary>A clock that the test moves.</summary>
    private sealed class ManualTime : TimeProvider
    {
        /// <summary>What the thread has last read: a timer is due so long after that, even if the test has moved the clock since.</summary>
        [ThreadStatic]
        private static long _seen;

        private readonly List<ManualTimer> _timers = [];
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _seen = Volatile.Read(ref _now);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new ManualTimer(this, () => callback(state));
            timer.Change(dueTime, period);
            lock (_timers)
            {
                _timers.Add(timer);
            }

            return timer;
        }

        public void Advance(TimeSpan time)
        {
            Interlocked.Add(ref _now, time.Ticks);
            lock (_timers)
            {
                _timers.ForEach(timer => timer.FireIfDue(Volatile.Read(ref _now)));
            }
        }

        private sealed class ManualTimer(ManualTime time, Action callback) : ITimer
        {
            private long _due = long.MaxValue;

            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                Interlocked.Exchange(ref _due, dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : _seen + dueTime.Ticks);
                FireIfDue(Volatile.Read(ref time._now));
                return true;
            }

            public void FireIfDue(long now)
            {
                long due = Interlocked.Read(ref _due);
                if (now >= due && Interlocked.CompareExchange(ref _due, long.MaxValue, due) == due)
                {
                    Task.Run(callback);
                }
            }

            public void Dispose() => Interlocked.Exchange(ref _due, long.MaxValue);

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
