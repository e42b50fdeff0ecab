using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using ToolRM.Data;

namespace ToolRM.Cli.Input;

/// <summary>Groups rows into batches without keeping anyone waiting.</summary>
internal static class Batches
{
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Batches of at most <paramref name="size"/> rows. What has been read goes ahead when the next row does not come soon,
    /// so that a program that writes one row and waits for its answer gets it, and before a bad row ends the reading.
    /// </summary>
    public static async IAsyncEnumerable<IReadOnlyList<T>> ReadAsync<T>(
        IAsyncEnumerable<T> source, int size, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IAsyncEnumerator<T> rows = source.GetAsyncEnumerator(cancellationToken);
        Task<bool> next = Task.FromResult(true);
        try
        {
            var batch = new List<T>();
            ExceptionDispatchInfo? bad = null;
            for (bool isRow = true; isRow;)
            {
                next = rows.MoveNextAsync().AsTask();
                if (batch.Count > 0 && !next.IsCompleted && await IsSlowAsync(next).ConfigureAwait(false))
                {
                    yield return batch;
                    batch = [];
                }

                try
                {
                    isRow = await next.ConfigureAwait(false);
                }
                catch (DatasetException error)
                {
                    bad = ExceptionDispatchInfo.Capture(error);
                    isRow = false;
                }

                if (isRow)
                {
                    batch.Add(rows.Current);
                }

                if (batch.Count == size || (!isRow && batch.Count > 0))
                {
                    yield return batch;
                    batch = [];
                }
            }

            bad?.Throw();
        }
        finally
        {
            // An enumerator that still waits for input cannot be disposed; this happens only when the command is ending.
            if (next.IsCompleted)
            {
                await rows.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static async Task<bool> IsSlowAsync(Task next) => await Task.WhenAny(next, Task.Delay(_patience)).ConfigureAwait(false) != next;
}
