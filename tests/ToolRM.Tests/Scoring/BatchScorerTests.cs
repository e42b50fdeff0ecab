using ToolRM.Models;
using ToolRM.Scoring;
using ToolRM.Tests.Engines;

namespace ToolRM.Tests.Scoring;

public class BatchScorerTests
{
    [Fact]
    public async Task Calls_that_arrive_while_a_forest_is_computed_are_the_next_one()
    {
        using var held = new HeldScorer();
        Task<float[][]> first = await held.Occupy(1);
        Task<float[][]> second = held.Score([2, 3], [4]), third = held.Score([5]);

        (await held.NextForest()).Should().Equal(2, 3, 5, 4);

        (await first).Should().BeEquivalentTo([new[] { 1f }]);
        second.IsCompleted.Should().BeFalse();
        held.Engine.Release();
        (await second).Should().BeEquivalentTo([new[] { 23f }, [4f]], options => options.WithStrictOrdering());
        (await third).Should().BeEquivalentTo([new[] { 5f }]);
    }

    [Fact]
    public async Task Forests_keep_to_the_budget()
    {
        using var held = new HeldScorer(tokenBudget: 5);
        Task<float[][]> first = await held.Occupy(1);
        Task[] calls = [first, held.Score([2, 2]), held.Score([3, 3]), held.Score([4, 4]), held.Score([5, 5, 5, 5, 5, 5]), held.Score([6])];

        (await held.NextForest()).Should().Equal(2, 2, 3, 3);
        (await held.NextForest()).Should().Equal(4, 4);
        (await held.NextForest()).Should().Equal(5, 5, 5, 5, 5, 5);
        (await held.NextForest()).Should().Equal(6);
        held.Engine.Release();
        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task Calls_take_turns_request_by_request()
    {
        using var held = new HeldScorer(tokenBudget: 2);
        await held.Occupy(9);
        Task<float[][]> large = held.Score([1], [2], [3], [4], [5]), middle = held.Score([21], [22]), small = held.Score([31]);

        (await held.NextForest()).Should().Equal(1, 21);
        (await held.NextForest()).Should().Equal(31, 2);
        (await held.NextForest()).Should().Equal(22, 3);
        await small;
        (await held.NextForest()).Should().Equal(4, 5);
        await middle;
        held.Engine.Release();
        (await large).Select(rewards => rewards[0]).Should().Equal(1, 2, 3, 4, 5);
    }

    [Fact]
    public async Task Candidates_share_their_prompt_and_those_that_do_not_fit_have_it_again()
    {
        using var held = new HeldScorer(tokenBudget: 4);
        await held.Occupy(9);
        Task<float[][]> cut = held.Scorer.ScoreAsync([new EncodedRequest([1, 2], [[3], [4], [5]])], default);
        Task<float[][]> other = held.Score([6]);

        (await held.NextForest()).Should().Equal(1, 2, 3, 4);
        (await held.NextForest()).Should().Equal(6, 1, 2, 5);
        held.Engine.Release();
        (await cut)[0].Should().Equal(123, 124, 125);
        (await other)[0].Should().Equal(6);
    }

    [Fact]
    public async Task Forests_are_computed_by_one_thread_that_is_neither_the_callers_nor_of_the_pool()
    {
        using var held = new HeldScorer();
        held.Engine.Release(2);
        await held.Score([1]);
        Thread first = held.Engine.Thread!;
        await held.Score([2]);

        held.Engine.Thread.Should().BeSameAs(first).And.NotBeSameAs(Thread.CurrentThread);
        first.IsThreadPoolThread.Should().BeFalse();
        first.IsBackground.Should().BeTrue("an undisposed model must not keep the process alive");
    }

    [Fact]
    public async Task No_requests_have_no_rewards()
    {
        using var held = new HeldScorer();

        (await held.Scorer.ScoreAsync([], default)).Should().BeEmpty();
    }

    [Fact]
    public async Task Many_tasks_with_cancelled_and_refused_calls_among_them_get_the_bits_of_a_call_alone()
    {
        DecoderConfig config = TinyModels.Config("qwen3");
        EncodedRequest[] requests = [.. Enumerable.Range(0, 40).Select(i => new EncodedRequest(
            TinyModels.Tokens(i / 4, i % 3 * 7, config),
            [.. Enumerable.Range(0, 1 + (i % 4)).Select(candidate => TinyModels.Tokens((100 * i) + candidate, 1 + (i % 9), config))]))];
        using var alone = new BatchScorer(TinyModels.Scorer(config), new RewardModelOptions { TokenBudget = 1 });
        float[][] expected = await alone.ScoreAsync(requests, default);

        using var scorer = new BatchScorer(TinyModels.Scorer(config), new RewardModelOptions { TokenBudget = 64, MaxQueuedTokens = 2000 });
        int scored = 0;
        await Task.WhenAll(Enumerable.Range(0, 64).Select(seed => Task.Run(async () =>
        {
            var random = new Random(seed);
            for (int round = 0; round < 20; round++)
            {
                int[] chosen = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(requests.Length))];
                using var source = new CancellationTokenSource();
                Task<float[][]> call = scorer.ScoreAsync([.. chosen.Select(index => requests[index])], source.Token);
                if (random.Next(4) == 0)
                {
                    await Task.Yield();
                    await source.CancelAsync();
                }

                try
                {
                    float[][] rewards = await call;
                    Interlocked.Increment(ref scored);
                    rewards.Zip(chosen).All(pair => pair.First.SequenceEqual(expected[pair.Second])).Should().BeTrue();
                }
                catch (Exception error) when (error is OperationCanceledException or OverloadedException)
                {
                    // What such a call must do to others: nothing.
                }
            }
        })));
        scored.Should().BePositive();
        (await scorer.ScoreAsync(requests, default)).Should().BeEquivalentTo(expected, options => options.WithStrictOrdering());
    }
}
