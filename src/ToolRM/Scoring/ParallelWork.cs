using System.Runtime.ExceptionServices;

namespace ToolRM.Scoring;

/// <summary>Work on the items of a list, spread over threads, that fails as a plain loop would.</summary>
internal static class ParallelWork
{
    /// <summary>Does the work for 0 to <paramref name="count"/> - 1. If it fails for some, the error of the first of them is thrown.</summary>
    public static void For(int count, int threads, Action<int> work, CancellationToken cancellationToken)
    {
        if (count <= 1 || threads == 1)
        {
            for (int i = 0; i < count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                work(i);
            }

            return;
        }

        int first = int.MaxValue;
        ExceptionDispatchInfo? error = null;
        var gate = new Lock();
        Parallel.For(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
            (i, state) =>
            {
                try
                {
                    work(i);
                }
                catch (Exception exception)
                {
                    lock (gate)
                    {
                        (first, error) = i < first ? (i, ExceptionDispatchInfo.Capture(exception)) : (first, error);
                    }

                    state.Break();
                }
            });
        error?.Throw();
    }
}
