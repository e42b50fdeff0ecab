namespace ToolRM.Tests.Scoring;

public class DisposalTests
{
    [Fact]
    public async Task The_forest_that_is_computed_ends_and_what_waits_fails()
    {
        var held = new HeldScorer(tokenBudget: 2);
        Task<float[][]> running = await held.Occupy(1);
        Task partial = held.Score([2], [3], [4]);
        Task<float[][]> whole = held.Score([5]);
        (await held.NextForest()).Should().Equal(2, 5);
        Task waiting = held.Score([6]);

        Task[] disposals = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(held.Scorer.Dispose))];

        foreach (Task failed in new[] { waiting, partial })
        {
            await failed.Invoking(task => task).Should().ThrowAsync<ObjectDisposedException>().WithMessage("*reward model*");
        }

        held.Engine.IsComputing.Should().BeTrue();
        held.Engine.Release();
        await Task.WhenAll(disposals);
        (await running)[0].Should().Equal(1);
        (await whole)[0].Should().Equal(5);
        held.Engine.Disposals.Should().Equal([false], "the engine is disposed once, and not while it computes");
    }

    [Fact]
    public async Task A_disposed_scorer_takes_no_more_calls_and_can_be_disposed_again()
    {
        var held = new HeldScorer();
        held.Dispose();
        held.Scorer.Dispose();

        await held.Invoking(scorer => scorer.Score([1])).Should().ThrowAsync<ObjectDisposedException>();
        held.Scorer.Invoking(scorer => scorer.ThrowIfRefusing()).Should().Throw<ObjectDisposedException>();
        held.Engine.Disposals.Should().HaveCount(1);
    }

    [Fact]
    public async Task A_forest_that_waits_for_company_is_not_waited_for()
    {
        var held = new HeldScorer(maxBatchWait: TimeSpan.FromMinutes(1));
        Task waiting = held.Score([1]);

        held.Scorer.Dispose();

        await waiting.Invoking(task => task).Should().ThrowAsync<ObjectDisposedException>();
    }
}
