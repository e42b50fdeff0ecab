namespace ToolRM.Tests.Scoring;

/// <summary>What a cancelled call costs: nothing that has not begun, and nobody else anything.</summary>
public sealed class CancellationTests : IDisposable
{
    private readonly HeldScorer _held = new(tokenBudget: 3);
    private readonly CancellationTokenSource _source = new();

    [Fact]
    public async Task Work_that_waits_is_dropped_and_its_task_ends_at_once()
    {
        await _held.Occupy(1);
        Task cancelled = _held.Score(_source.Token, [2], [3]), other = _held.Score([4]);

        await _source.CancelAsync();

        await cancelled.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        (await _held.NextForest()).Should().Equal(4);
        _held.Engine.Release();
        await other;
    }

    [Fact]
    public async Task A_call_that_is_cancelled_before_it_is_made_does_nothing()
    {
        await _source.CancelAsync();

        _held.Score(_source.Token, [1]).IsCanceled.Should().BeTrue();

        Task other = await _held.Occupy(2);
        _held.Engine.Release();
        await other;
    }

    [Fact]
    public async Task A_forest_that_another_call_waits_for_is_computed_to_the_end()
    {
        await _held.Occupy(1);
        Task<float[][]> cancelled = _held.Score(_source.Token, [2], [5], [6]), other = _held.Score([3], [7]);
        (await _held.NextForest()).Should().Equal(2, 3, 5);

        await _source.CancelAsync();

        await cancelled.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        other.IsCompleted.Should().BeFalse();
        (await _held.NextForest()).Should().Equal([7], "the rest of the cancelled call is dropped");
        _held.Engine.Release();
        (await other).Select(rewards => rewards[0]).Should().Equal(3, 7);
    }

    [Fact]
    public async Task A_forest_that_nobody_waits_for_any_more_is_stopped()
    {
        await _held.Occupy(1);
        using var second = new CancellationTokenSource();
        Task[] cancelled = [_held.Score(_source.Token, [2]), _held.Score(second.Token, [3])];
        (await _held.NextForest()).Should().Equal(2, 3);
        Task<float[][]> next = _held.Score([4]);

        await _source.CancelAsync();
        await second.CancelAsync();

        (await _held.Engine.NextForest()).Should().Equal([4], "the engine was not released, only stopped");
        foreach (Task task in cancelled)
        {
            await task.Invoking(ended => ended).Should().ThrowAsync<OperationCanceledException>();
        }

        _held.Engine.Release();
        (await next)[0].Should().Equal(4);
    }

    [Fact]
    public async Task A_call_that_is_done_can_be_cancelled_without_effect()
    {
        Task<float[][]> done = _held.Score(_source.Token, [1]);
        await _held.Engine.NextForest();
        _held.Engine.Release();
        await done;
        Task<float[][]> other = await _held.Occupy(2);

        await _source.CancelAsync();

        _held.Engine.Release();
        (await other)[0].Should().Equal(2);
    }

    public void Dispose()
    {
        _held.Dispose();
        _source.Dispose();
    }
}
