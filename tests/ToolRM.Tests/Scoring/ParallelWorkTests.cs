using System.Collections.Concurrent;
using ToolRM.Scoring;

namespace ToolRM.Tests.Scoring;

public class ParallelWorkTests
{
    private static void For(int count, int threads, Action<int> work, CancellationToken cancellationToken = default) =>
        ParallelWork.For(count, threads, work, cancellationToken);

    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 1)]
    [InlineData(1, 8)]
    [InlineData(3, 2)]
    [InlineData(1000, 1)]
    [InlineData(1000, 8)]
    public void Every_item_is_done_once(int count, int threads)
    {
        int[] done = new int[count];

        For(count, threads, i => Interlocked.Increment(ref done[i]));

        done.Should().Equal(Enumerable.Repeat(1, count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void The_error_of_the_first_item_that_fails_is_thrown_as_a_loop_would(int threads)
    {
        for (int round = 0; round < 30; round++)
        {
            int first = 3 + round;
            var done = new ConcurrentBag<int>();

            Action work = () => For(200, threads, i =>
            {
                if (i >= first && i % 2 == first % 2)
                {
                    // Later ones fail sooner.
                    Thread.Sleep(i == first ? 2 : 0);
                    throw new FormatException($"item {i}");
                }

                done.Add(i);
            });

            work.Should().ThrowExactly<FormatException>().WithMessage($"item {first}").Which.StackTrace
                .Should().Contain(nameof(ParallelWorkTests));
            done.Should().Contain(Enumerable.Range(0, first), "what comes before it is done");
        }
    }

    [Fact]
    public void Work_that_fails_stops_early()
    {
        int done = 0;

        Action work = () => For(1_000_000, 2, i =>
        {
            Interlocked.Increment(ref done);
            throw new FormatException();
        });

        work.Should().ThrowExactly<FormatException>();
        done.Should().BeLessThan(1_000_000);
    }

    [Fact]
    public void Cancelled_work_does_nothing()
    {
        Action work = () => For(100, 2, _ => throw new InvalidOperationException("worked"), new CancellationToken(canceled: true));

        work.Should().Throw<OperationCanceledException>();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Work_that_is_cancelled_meanwhile_ends(int threads)
    {
        using var source = new CancellationTokenSource();
        int done = 0;

        Action work = () => For(
            1_000_000,
            threads,
            i =>
            {
                if (Interlocked.Increment(ref done) == 10)
                {
                    source.Cancel();
                }
            },
            source.Token);

        work.Should().Throw<OperationCanceledException>().Which.CancellationToken.Should().Be(source.Token);
        done.Should().BeLessThan(1_000_000);
    }

    [Fact]
    public void An_item_that_notices_the_cancellation_ends_it_too()
    {
        using var source = new CancellationTokenSource();

        Action work = () => For(
            100,
            2,
            i =>
            {
                source.Cancel();
                source.Token.ThrowIfCancellationRequested();
            },
            source.Token);

        work.Should().Throw<OperationCanceledException>();
    }
}
