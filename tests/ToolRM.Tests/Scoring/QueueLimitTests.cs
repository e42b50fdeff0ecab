namespace ToolRM.Tests.Scoring;

public class QueueLimitTests
{
    [Fact]
    public async Task A_call_is_refused_at_once_when_too_much_is_waiting()
    {
        using var held = new HeldScorer(maxQueuedTokens: 3);
        Task running = await held.Occupy(1, 1, 1, 1);
        Task first = held.Score([2, 2]), second = held.Score([3, 3]);

        Task refused = held.Score([4]);

        refused.IsFaulted.Should().BeTrue();
        OverloadedException error = (await new Func<Task>(() => refused).Should().ThrowExactlyAsync<OverloadedException>()).Which;
        (error.QueuedTokens, error.MaxQueuedTokens).Should().Be((4, 3));
        error.Message.Should().Contain("4 tokens").And.Contain("from 3 on").And.Contain("MaxQueuedTokens").And.Contain("Try again");
        held.Scorer.Invoking(scorer => scorer.ThrowIfRefusing()).Should().Throw<OverloadedException>();

        (await held.NextForest()).Should().Equal(2, 2, 3, 3);
        held.Scorer.ThrowIfRefusing();
        held.Engine.Release(2);
        await Task.WhenAll(running, first, second, held.Score([5]));
    }

    [Fact]
    public async Task A_call_larger_than_the_limit_is_accepted_when_nothing_waits()
    {
        using var held = new HeldScorer(tokenBudget: 4, maxQueuedTokens: 3);
        Task running = await held.Occupy(1);
        Task large = held.Score([2, 2], [3, 3], [4, 4], [5, 5]);

        held.Score([6]).IsFaulted.Should().BeTrue("8 tokens wait");
        (await held.NextForest()).Should().Equal(2, 2, 3, 3);
        held.Score([6]).IsFaulted.Should().BeTrue("4 tokens wait");
        (await held.NextForest()).Should().Equal(4, 4, 5, 5);
        Task accepted = held.Score([6]);
        held.Engine.Release(2);
        await Task.WhenAll(running, large, accepted);
    }

    [Fact]
    public async Task A_prompt_counts_until_its_last_candidate_is_in_a_forest()
    {
        using var held = new HeldScorer(tokenBudget: 4, maxQueuedTokens: 5);
        await held.Occupy(9);
        Task cut = held.Scorer.ScoreAsync([new([1, 2, 3], [[4], [5], [6]])], default);
        held.Score([7]).IsFaulted.Should().BeTrue("6 tokens wait");
        (await held.NextForest()).Should().Equal(1, 2, 3, 4);
        held.Score([7]).IsFaulted.Should().BeTrue("5 tokens wait: the prompt and two candidates");
        (await held.NextForest()).Should().Equal(1, 2, 3, 5);

        Task accepted = held.Score([7]);

        held.Engine.Release(3);
        await Task.WhenAll(cut, accepted);
    }

    [Fact]
    public async Task What_is_cancelled_no_longer_counts()
    {
        using var held = new HeldScorer(maxQueuedTokens: 3);
        await held.Occupy(1);
        using var source = new CancellationTokenSource();
        Task cancelled = held.Score(source.Token, [2, 2, 2]);
        held.Score([3]).IsFaulted.Should().BeTrue();

        await source.CancelAsync();
        Task accepted = held.Score([3]);

        await cancelled.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        (await held.NextForest()).Should().Equal(3);
        held.Engine.Release();
        await accepted;
    }

    [Fact]
    public async Task A_model_refuses_before_it_encodes()
    {
        using var tiny = new TinyRewardModel();
        using RewardModel model = await RewardModel.LoadAsync(
            tiny.Folder, new RewardModelOptions { MaxQueuedTokens = 3, MaxBatchWait = TimeSpan.FromMinutes(1) });
        Task waiting = model.ScoreTokensAsync([[1, 2, 3]]);

        Func<Task> refused = () => model.ScoreAsync(new RewardRequest(TinyRewardModel.Prompt("Hello"), []));

        (await refused.Should().ThrowAsync<OverloadedException>()).Which.QueuedTokens.Should().Be(3);
        model.Dispose();
        await waiting.Invoking(task => task).Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task Options_out_of_range_are_refused()
    {
        using var tiny = new TinyRewardModel();
        foreach (RewardModelOptions options in new RewardModelOptions[]
        {
            new() { MaxQueuedTokens = 0 }, new() { MaxBatchWait = TimeSpan.FromTicks(-1) }, new() { MaxBatchWait = TimeSpan.FromMinutes(1.01) },
        })
        {
            Func<Task> load = () => RewardModel.LoadAsync(tiny.Folder, options);
            await load.Should().ThrowAsync<ArgumentOutOfRangeException>();
        }
    }
}
