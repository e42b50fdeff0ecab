using System.Runtime.CompilerServices;
using ToolRM.Cli.Input;
using ToolRM.Data;

namespace ToolRM.Tests.Cli;

public class BatchesTests
{
    [Fact]
    public async Task Rows_are_grouped_and_none_is_lost()
    {
        List<IReadOnlyList<int>> batches = await Batches.ReadAsync(Enumerable.Range(0, 7).ToAsyncEnumerable(), 3).ToListAsync();

        batches.Select(batch => batch.Count).Should().Equal(3, 3, 1);
        batches.SelectMany(batch => batch).Should().Equal(0, 1, 2, 3, 4, 5, 6);
    }

    [Fact]
    public async Task Rows_go_ahead_when_the_next_does_not_come()
    {
        var answered = new TaskCompletionSource();
        var seen = new List<int>();

        // The source gives its third row only after the first two were handed on: a program that waits for its answers.
        await foreach (IReadOnlyList<int> batch in Batches.ReadAsync(Source(answered.Task), 64))
        {
            seen.AddRange(batch);
            if (seen.Count == 2)
            {
                answered.SetResult();
            }
        }

        seen.Should().Equal(1, 2, 3);
    }

    [Fact]
    public async Task Rows_before_a_bad_one_are_handed_on_first()
    {
        var seen = new List<int>();

        Func<Task> read = async () =>
        {
            await foreach (IReadOnlyList<int> batch in Batches.ReadAsync(Bad(), 64))
            {
                seen.AddRange(batch);
            }
        };

        await read.Should().ThrowAsync<DatasetException>();
        seen.Should().Equal(1, 2);
    }

    private static async IAsyncEnumerable<int> Source(Task answered, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        yield return 1;
        yield return 2;
        await answered.WaitAsync(cancellationToken);
        yield return 3;
    }

    private static async IAsyncEnumerable<int> Bad()
    {
        yield return 1;
        yield return 2;
        await Task.Yield();
        throw new DatasetException("file", 3, null, "bad");
    }
}
