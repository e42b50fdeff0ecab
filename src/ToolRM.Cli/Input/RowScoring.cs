using System.Runtime.CompilerServices;
using ToolRM.Cli.Output;
using ToolRM.Data;

namespace ToolRM.Cli.Input;

/// <summary>A row with the rewards of its candidates, in their order.</summary>
internal readonly record struct ScoredRow<T>(InputRow<T> Row, IReadOnlyList<double> Rewards);

/// <summary>Scores the rows of files in batches, in their order.</summary>
internal static class RowScoring
{
    private const int BatchSize = 64;

    /// <summary>Scores all rows and answers them batch by batch, with progress unless a person watches the answers themselves.</summary>
    /// <param name="terminal">Where progress is shown.</param>
    /// <param name="inputs">The files.</param>
    /// <param name="parse">Reads a row.</param>
    /// <param name="score">Gives the rewards of each row of a batch.</param>
    /// <param name="answer">Writes the answers to a batch.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="DatasetException">A row cannot be read, or is too long for the model.</exception>
    public static async Task RunAsync<T>(
        Terminal terminal,
        InputFiles inputs,
        Func<DatasetRow, T> parse,
        Func<IReadOnlyList<T>, CancellationToken, Task<IReadOnlyList<IReadOnlyList<double>>>> score,
        Action<IReadOnlyList<ScoredRow<T>>> answer,
        CancellationToken cancellationToken)
    {
        async Task<long> AnswerAllAsync(IProgress<WorkStatus>? status)
        {
            long count = 0;
            await foreach (IReadOnlyList<ScoredRow<T>> batch in ScoreAsync(inputs, parse, score, cancellationToken).ConfigureAwait(false))
            {
                answer(batch);
                count += batch.Count;
                status?.Report(new WorkStatus(inputs.Fraction, FormattableString.Invariant($"{count} rows")));
            }

            return count;
        }

        await (terminal.ShowsOutput ? AnswerAllAsync(null) : LongWork.RunAsync(terminal, "Scoring", AnswerAllAsync)).ConfigureAwait(false);
    }

    /// <summary>Scores the candidates of requests.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<double>>> ScoreAsync(
        IRewardModel model, IReadOnlyList<ScoringRow> rows, CancellationToken cancellationToken)
    {
        IReadOnlyList<IReadOnlyList<RewardScore>> scores =
            await model.ScoreAsync([.. rows.Select(row => row.Request)], cancellationToken).ConfigureAwait(false);
        return [.. scores.Select(list => (IReadOnlyList<double>)[.. list.Select(score => score.Reward)])];
    }

    /// <summary>Scores all rows; every row before a bad one is answered before its error is thrown.</summary>
    /// <param name="inputs">The files.</param>
    /// <param name="parse">Reads a row.</param>
    /// <param name="score">Gives the rewards of each row of a batch.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="DatasetException">A row cannot be read, or is too long for the model.</exception>
    private static async IAsyncEnumerable<IReadOnlyList<ScoredRow<T>>> ScoreAsync<T>(
        InputFiles inputs,
        Func<DatasetRow, T> parse,
        Func<IReadOnlyList<T>, CancellationToken, Task<IReadOnlyList<IReadOnlyList<double>>>> score,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IAsyncEnumerable<InputRow<T>> rows = inputs.ReadAsync(row => InputRow<T>.Of(row, parse(row)), cancellationToken: cancellationToken);
        await foreach (IReadOnlyList<InputRow<T>> batch in Batches.ReadAsync(rows, BatchSize, cancellationToken).ConfigureAwait(false))
        {
            T[] values = [.. batch.Select(row => row.Value)];
            IReadOnlyList<IReadOnlyList<double>> rewards;
            OverLengthException? tooLong = null;
            try
            {
                rewards = await score(values, cancellationToken).ConfigureAwait(false);
            }
            catch (OverLengthException error)
            {
                tooLong = error;
                rewards = await score(values[..error.Request], cancellationToken).ConfigureAwait(false);
            }

            yield return [.. batch.Zip(rewards, (row, values) => new ScoredRow<T>(row, values))];
            if (tooLong is not null)
            {
                throw TooLong(batch[tooLong.Request], tooLong);
            }
        }
    }

    private static DatasetException TooLong<T>(InputRow<T> row, OverLengthException error) => new(
        row.File,
        row.Line,
        column: null,
        FormattableString.Invariant(
            $"{error.Tokens} tokens with candidate {error.Candidate}, more than the model's maximum of {error.MaxLength}. ")
        + "Shorten it, raise --max-length if the model allows it, or use --over-length drop-oldest-messages",
        error);
}
