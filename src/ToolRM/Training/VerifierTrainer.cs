using ToolRM.Data;
using ToolRM.Verification;

namespace ToolRM.Training;

/// <summary>
/// Trains a <see cref="VerifierRewardModel"/> on preference pairs, for example of one's own tools: by the same objective as
/// <see cref="PairwiseTrainer"/>, the mean over the pairs of -logsigmoid(chosen - rejected - margin) with rewards kept near 0, and
/// with L2 and feature dropout. A thousand pairs take about a second; fewer than a few hundred leave much to chance. Repeats bit for
/// bit on one machine for the same options and pairs in the same order, whatever the number of threads. Thread-safe.
/// </summary>
public static class VerifierTrainer
{
    private const int StepsPerReport = 100;

    /// <summary>Trains on pairs in memory; see the other overload.</summary>
    /// <inheritdoc cref="TrainAsync(IAsyncEnumerable{PreferencePair}, IAsyncEnumerable{PreferencePair}?, VerifierTrainingOptions?, IProgress{VerifierTrainingProgress}?, CancellationToken)"/>
    public static Task<VerifierTrainingResult> TrainAsync(
        IReadOnlyList<PreferencePair> training,
        IReadOnlyList<PreferencePair>? heldOut = null,
        VerifierTrainingOptions? options = null,
        IProgress<VerifierTrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        return TrainAsync(training.ToAsyncEnumerable(), heldOut?.ToAsyncEnumerable(), options, progress, cancellationToken);
    }

    /// <summary>Trains on a stream of pairs, of which only the features are kept in memory: about 3 kB a pair.</summary>
    /// <param name="training">The pairs to learn from, at least one.</param>
    /// <param name="heldOut">Pairs to measure on; none of them should be in <paramref name="training"/>. They change nothing in the model.</param>
    /// <param name="options">How to train; <see langword="null"/> for the defaults.</param>
    /// <param name="progress">Receives progress, on the thread that trains.</param>
    /// <param name="cancellationToken">Stops the training; nothing is left of it.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="TrainingDivergedException">The loss is no longer finite.</exception>
    /// <exception cref="ToolRMException">No pair was given, or a row is bad.</exception>
    public static Task<VerifierTrainingResult> TrainAsync(
        IAsyncEnumerable<PreferencePair> training,
        IAsyncEnumerable<PreferencePair>? heldOut = null,
        VerifierTrainingOptions? options = null,
        IProgress<VerifierTrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        options ??= new();
        options.Validate();
        return Task.Run(
            async () =>
            {
                VectorPairs pairs = await PairFeatures.ComputeAsync(
                    training, options.Threads, done => progress?.Report(new(done, 0, 0)), cancellationToken).ConfigureAwait(false);
                VectorPairs measured = await PairFeatures.ComputeAsync(
                    heldOut ?? AsyncEnumerable.Empty<PreferencePair>(),
                    options.Threads,
                    done => progress?.Report(new(pairs.Count + done, 0, 0)),
                    cancellationToken).ConfigureAwait(false);
                return Train(pairs, measured, options, progress, cancellationToken);
            },
            cancellationToken);
    }

    private static VerifierTrainingResult Train(
        VectorPairs training,
        VectorPairs heldOut,
        VerifierTrainingOptions options,
        IProgress<VerifierTrainingProgress>? progress,
        CancellationToken cancellationToken)
    {
        var trainer = new LinearTrainer(training, options);
        LinearHead head = trainer.Train(Report, cancellationToken);
        var loss = new BradleyTerryLoss(LabelSmoothing: 0, options.CenteringCoefficient);
        return new VerifierTrainingResult
        {
            Model = new VerifierRewardModel("verifier", head, new RewardModelOptions { Threads = options.Threads }),
            Steps = trainer.Steps,
            Training = LinearEvaluation.Measure(head, training, loss)!,
            HeldOut = LinearEvaluation.Measure(head, heldOut, loss),
        };

        void Report(int step)
        {
            if (step % StepsPerReport == 0 || step == trainer.Steps)
            {
                progress?.Report(new(training.Count + heldOut.Count, step, trainer.Steps));
            }
        }
    }
}
