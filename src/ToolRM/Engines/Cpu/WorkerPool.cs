using System.Runtime.ExceptionServices;

namespace ToolRM.Engines.Cpu;

/// <summary>
/// A few threads that share the items of one job after another. The caller works too, so a job never waits for a
/// thread that the system has not scheduled: whoever comes late finds no items left.
/// </summary>
internal sealed class WorkerPool : IDisposable
{
    private const int SpinsBeforeSleep = 60;
    private readonly SemaphoreSlim _wake = new(0);
    private volatile Job? _current;
    private int _sleepers;
    private volatile bool _disposed;

    /// <param name="threads">Number of threads including the caller's, at least 1.</param>
    public WorkerPool(int threads)
    {
        Threads = threads;
        for (int worker = 1; worker < threads; worker++)
        {
            int index = worker;
            new Thread(() => Work(index)) { IsBackground = true, Name = $"ToolRM worker {index}" }.Start();
        }
    }

    public int Threads { get; }

    /// <summary>Runs <paramref name="body"/> for every item below <paramref name="count"/>; the second argument is the worker's index.</summary>
    public void Run(int count, Action<int, int> body)
    {
        if (count <= 0)
        {
            return;
        }

        if (Threads == 1 || count == 1)
        {
            for (int item = 0; item < count; item++)
            {
                body(item, 0);
            }

            return;
        }

        var job = new Job(count, body);
        _current = job;

        // Without the barrier the processor may read the sleepers first, and leave one asleep that has just looked for a job.
        Interlocked.MemoryBarrier();
        int asleep = _sleepers;
        if (asleep > 0)
        {
            _wake.Release(asleep);
        }

        job.Take(0);
        var spin = default(SpinWait);
        while (!job.IsDone)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }

        _current = null;
        job.Rethrow();
    }

    public void Dispose()
    {
        _disposed = true;
        _wake.Release(Threads);
    }

    private void Work(int worker)
    {
        Job? last = null;
        var spin = default(SpinWait);
        while (!_disposed)
        {
            Job? job = _current;
            if (job != null && job != last)
            {
                last = job;
                job.Take(worker);
                spin = default;
            }
            else if (spin.Count < SpinsBeforeSleep)
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }
            else
            {
                Interlocked.Increment(ref _sleepers);
                if (_current == last || _current == null)
                {
                    _wake.Wait(TimeSpan.FromMilliseconds(500));
                }

                Interlocked.Decrement(ref _sleepers);
                spin = default;
            }
        }
    }

    /// <summary>The items of one <see cref="Run"/>.</summary>
    private sealed class Job(int count, Action<int, int> body)
    {
        private int _next;
        private int _done;
        private ExceptionDispatchInfo? _error;

        public bool IsDone => Volatile.Read(ref _done) == count;

        public void Take(int worker)
        {
            int item;
            while ((item = Interlocked.Increment(ref _next) - 1) < count)
            {
                try
                {
                    body(item, worker);
                }
                catch (Exception error)
                {
                    Interlocked.CompareExchange(ref _error, ExceptionDispatchInfo.Capture(error), null);
                }

                Interlocked.Increment(ref _done);
            }
        }

        public void Rethrow() => _error?.Throw();
    }
}
