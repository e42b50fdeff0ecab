using System.Globalization;
using ToolRM.Data;

namespace ToolRM.Evaluation;

/// <summary>
/// Measures how often a model gives the right candidate of a pair the higher reward. Immutable and safe to use from many
/// tasks at once.
/// </summary>
/// <param name="model">Any model.</param>
/// <param name="options">How to evaluate; <see langword="null"/> for the defaults.</param>
public sealed class PairwiseEvaluator(IRewardModel model, PairwiseEvaluationOptions? options = null)
{
    private readonly IRewardModel _model = model ?? throw new ArgumentNullException(nameof(model));
    private readonly PairwiseEvaluationOptions _options = options ?? new();

    /// <summary>Evaluates pairs in memory; see the other overload.</summary>
    /// <inheritdoc cref="EvaluateAsync(IAsyncEnumerable{PreferencePair}, IProgress{EvaluationProgress}?, CancellationToken)"/>
    public Task<EvaluationReport> EvaluateAsync(
        IEnumerable<PreferencePair> pairs, IProgress<EvaluationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        return EvaluateAsync(pairs.ToAsyncEnumerable(), progress, cancellationToken);
    }

    /// <summary>Evaluates a stream of pairs, of which one batch is in memory at a time.</summary>
    /// <param name="pairs">The pairs, at least one.</param>
    /// <param name="progress">Told after each batch, on the task that evaluates.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ToolRMException">
    /// There is no pair to score, a pair is too long (<see cref="PairwiseEvaluationOptions.OverLength"/>; the inner exception
    /// is the <see cref="OverLengthException"/>), a row is bad, or the model breaks its contract: a wrong number of rewards,
    /// or one that is not finite.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<EvaluationReport> EvaluateAsync(
        IAsyncEnumerable<PreferencePair> pairs,
        IProgress<EvaluationProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var run = new EvaluationRun(_model, _options.OverLength);
        await foreach (PreferencePair[] batch in pairs.Chunk(_options.BatchSize).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            await run.ScoreAsync(batch, cancellationToken).ConfigureAwait(false);
            progress?.Report(run.Progress);
        }

        return Report(run);
    }

    private EvaluationReport Report(EvaluationRun run)
    {
        if (run.Rows.Count == 0)
        {
            throw new ToolRMException(run.OverLength == 0
                ? "There is no pair to evaluate: the data is empty."
                : string.Create(
                    CultureInfo.InvariantCulture, $"There is no pair to evaluate: all {run.OverLength} are too long for the model."));
        }

        return new EvaluationReport
        {
            Model = _options.ModelName ?? (_model as RewardModel)?.Name ?? (_model as VerifierRewardModel)?.Name ?? _model.GetType().Name,
            Overall = PairAccuracy.Of(run.Rows),
            ByErrorType = new SortedDictionary<string, PairAccuracy>(
                run.Rows
                    .GroupBy(row => string.IsNullOrWhiteSpace(row.ErrorType) ? EvaluationReport.UnknownErrorType : row.ErrorType)
                    .ToDictionary(group => group.Key, group => PairAccuracy.Of([.. group])),
                StringComparer.Ordinal),
            MeanMargin = run.Rows.Average(row => row.Margin),
            PairsPerSecond = run.Rows.Count / Math.Max(run.Seconds, 1e-9),
            OverLength = run.OverLength,
            Rows = run.Rows,
        };
    }
}
