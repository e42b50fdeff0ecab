using System.Collections.Concurrent;
using ToolRM.Engines.Cpu;

namespace ToolRM.Tests.Engines;

public class WorkerPoolTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_item_of_every_job_runs_once(int threads)
    {
        using var pool = new WorkerPool(threads);
        for (int job = 0; job < 2000; job++)
        {
            int count = job % 7;
            var runs = new int[count];
            pool.Run(count, (item, worker) =>
            {
                worker.Should().BeInRange(0, threads - 1);
                Interlocked.Increment(ref runs[item]);
            });
            runs.All(n => n == 1).Should().BeTrue();
        }
    }

    [Fact]
    public void No_two_items_run_on_the_same_worker_at_once()
    {
        using var pool = new WorkerPool(4);
        var busy = new ConcurrentDictionary<int, bool>();
        pool.Run(200, (_, worker) =>
        {
            busy.TryAdd(worker, true).Should().BeTrue();
            Thread.SpinWait(500);
            busy.TryRemove(worker, out bool _);
        });
    }

    [Fact]
    public void Error_of_an_item_reaches_the_caller_and_the_pool_lives_on()
    {
        using var pool = new WorkerPool(3);
        Action failing = () => pool.Run(50, (item, _) => ThrowAt(item));
        failing.Should().Throw<InvalidDataException>().WithMessage("item 20");
        int sum = 0;
        pool.Run(10, (item, _) => Interlocked.Add(ref sum, item));
        sum.Should().Be(45);
    }

    [Fact]
    public async Task Sleeping_workers_wake_for_the_next_job()
    {
        using var pool = new WorkerPool(2);
        await Task.Delay(30);
        var threads = new ConcurrentDictionary<int, bool>();
        using var both = new CountdownEvent(2);
        pool.Run(2, (_, worker) =>
        {
            threads[worker] = true;
            both.Signal();
            both.Wait(TimeSpan.FromSeconds(20));
        });
        threads.Should().HaveCount(2);
    }

    private static void ThrowAt(int item)
    {
        if (item == 20)
        {
            throw new InvalidDataException($"item {item}");
        }
    }
}
