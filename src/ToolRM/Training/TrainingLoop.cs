using System.Diagnostics;
using Microsoft.Extensions.Logging;
using ToolRM.Engines;

namespace ToolRM.Training;

/// <summary>
/// Steps, evaluations, reports and saves, on one engine and one store. After each step everything that is due is done
/// before the next, and the state says what was done, so a run can stop anywhere and continue as if it had not.
/// </summary>
internal sealed class TrainingLoop
{
    private readonly ITrainingEngine _engine;
    private readonly TrainingPairs _train, _heldOut;
    private readonly PairwiseTrainingOptions _options;
    private readonly ITrainingStore _store;
    private readonly IProgress<TrainingMetrics>? _progress;
    private readonly ILogger _logger;
    private readonly PairwiseObjective _objective;
    private readonly LearningRateSchedule _schedule;
    private readonly int _stepsPerEpoch, _steps;
    private (int Epoch, int[] Order) _epoch = (-1, []);
    private (int, int, int) _savedAt;

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ToolRMException">There is no pair to train on.</exception>
    public TrainingLoop(
        ITrainingEngine engine,
        TrainingPairs train,
        TrainingPairs heldOut,
        PairwiseTrainingOptions options,
        ITrainingStore store,
        IProgress<TrainingMetrics>? progress,
        ILogger logger)
    {
        options.Validate();
        if (train.Count == 0)
        {
            throw new ToolRMException(
                $"There is nothing to train on: of {train.Counts.Read} pairs, {train.Counts.OverLength} are longer than the maximum length " +
                $"and {train.Counts.Identical} have two equal candidates. Give other pairs, or a larger MaxLength.");
        }

        (_engine, _train, _heldOut, _options, _store, _progress, _logger) = (engine, train, heldOut, options, store, progress, logger);
        _objective = new(engine, new BradleyTerryLoss(options.LabelSmoothing, options.CenteringCoefficient), options.TokensPerMicroBatch, logger);
        _stepsPerEpoch = (train.Count + options.PairsPerStep - 1) / options.PairsPerStep;
        _steps = Math.Min(checked(options.Epochs * _stepsPerEpoch), options.MaxSteps ?? int.MaxValue);
        _schedule = new(options.LearningRate, options.WarmupFraction, options.FinalLearningRateFraction, _steps);
    }

    /// <summary>Runs to the end, from the beginning or from where the store's run stopped.</summary>
    /// <returns>The state after the last step.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; the state after the last whole step is saved.</exception>
    /// <exception cref="TrainingDivergedException">Something is no longer finite; nothing of that step is saved.</exception>
    /// <exception cref="TrainingStateException">The saved run cannot be continued.</exception>
    public TrainingState Run(CancellationToken cancellationToken)
    {
        Dictionary<string, string> identity = RunIdentity.Describe(_options, _train, _heldOut, _engine);
        TrainingState? saved = _store.Start(_engine, identity, _options.Resume);
        TrainingState state = saved ?? new() { Identity = identity };
        _savedAt = ProgressOf(state);
        LogStart(saved);
        try
        {
            while (true)
            {
                bool isLast = state.Step >= _steps;
                bool isEvaluated = EvaluateIfDue(state, isLast, cancellationToken);
                ReportIfDue(state, isLast, isEvaluated);
                if ((isLast || state.Step % _options.CheckpointEvery == 0) && _savedAt != ProgressOf(state))
                {
                    Save(state);
                }

                if (isLast)
                {
                    _store.SaveFinal(_engine);
                    return state;
                }

                cancellationToken.ThrowIfCancellationRequested();
                Advance(state, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Save(state);
            TrainingLog.Cancelled(_logger, state.Step);
            throw;
        }
    }

    /// <summary>One optimiser step. The state changes only when the whole step is done.</summary>
    private void Advance(TrainingState state, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        int step = state.Step + 1;
        PairTotals totals = _objective.Accumulate(_train, PairsOf(step), step, cancellationToken);
        double norm = _engine.GradientNorm();
        if (!double.IsFinite(norm))
        {
            throw new TrainingDivergedException(step, "the gradients are not finite");
        }

        double scale = norm > _options.MaxGradientNorm ? _options.MaxGradientNorm / norm : 1;
        _engine.Step(new AdamWStep(step, _schedule.At(step), _options.Beta1, _options.Beta2, _options.Epsilon, _options.WeightDecay, scale));
        state.Step = step;
        state.TotalPairs += totals.Pairs;
        state.TotalTokens += totals.Tokens;
        state.Window.Add(totals, norm, Stopwatch.GetElapsedTime(started));
    }

    private ReadOnlyMemory<int> PairsOf(int step)
    {
        int epoch = (step - 1) / _stepsPerEpoch, start = (step - 1) % _stepsPerEpoch * _options.PairsPerStep;
        if (_epoch.Epoch != epoch)
        {
            _epoch = (epoch, EpochOrder.Create(_train, _options.Seed, epoch));
        }

        return _epoch.Order.AsMemory(start, Math.Min(_options.PairsPerStep, _train.Count - start));
    }

    private bool EvaluateIfDue(TrainingState state, bool isLast, CancellationToken cancellationToken)
    {
        if (_heldOut.Count == 0 || state.EvaluatedStep == state.Step || !(isLast || state.Step % _options.EvaluationEvery == 0))
        {
            return false;
        }

        PairwiseMetrics metrics = _objective.Evaluate(_heldOut, state.Step, cancellationToken).ToMetrics();
        TrainingLog.Evaluated(_logger, state.Step, metrics.Loss, metrics.Accuracy, metrics.Ties, metrics.Pairs);
        if (state.BestHeldOut is not { } best || metrics.Accuracy > best.Accuracy || (metrics.Accuracy == best.Accuracy && metrics.Loss < best.Loss))
        {
            TrainingLog.NewBest(_logger, state.Step);
            if (_options.KeepBest)
            {
                _store.SaveBest(_engine);
            }

            (state.BestStep, state.BestHeldOut) = (state.Step, metrics);
        }

        (state.HeldOut, state.EvaluatedStep) = (metrics, state.Step);
        return true;
    }

    private void ReportIfDue(TrainingState state, bool isLast, bool isEvaluated)
    {
        TrainingWindow window = state.Window;
        if (window.Steps == 0 || !(isLast || isEvaluated || state.Step % _options.LogEvery == 0))
        {
            return;
        }

        var metrics = new TrainingMetrics(window.Totals.ToMetrics())
        {
            Step = state.Step,
            TotalSteps = _steps,
            Epoch = (double)state.TotalPairs / _train.Count,
            GradientNorm = window.GradientNorm / window.Steps,
            LearningRate = _schedule.At(state.Step),
            TokensPerSecond = window.Totals.Tokens / Math.Max(window.Seconds, 1e-9),
            PairsPerSecond = window.Totals.Pairs / Math.Max(window.Seconds, 1e-9),
            TotalTokens = state.TotalTokens,
            TotalPairs = state.TotalPairs,
            HeldOut = isEvaluated ? state.HeldOut : null,
        };
        _store.Append(metrics);
        (state.Window, state.LoggedStep) = (new(), state.Step);
        TrainingLog.Progress(
            _logger, metrics.Step, _steps, metrics.Loss, metrics.Accuracy, metrics.MeanMargin, metrics.GradientNorm, metrics.LearningRate, metrics.TokensPerSecond);
        _progress?.Report(metrics);
    }

    /// <summary>What a save would record: it changes with every step, and when a step's evaluation or report is made up for.</summary>
    private static (int, int, int) ProgressOf(TrainingState state) => (state.Step, state.EvaluatedStep, state.LoggedStep);

    private void Save(TrainingState state)
    {
        _store.SaveState(state, _engine);
        _savedAt = ProgressOf(state);
        TrainingLog.Saved(_logger, state.Step);
    }

    private void LogStart(TrainingState? saved)
    {
        PairCounts train = _train.Counts, heldOut = _heldOut.Counts;
        TrainingLog.Started(_logger, train.Used, train.Read, train.OverLength, train.Identical, _steps);
        TrainingLog.HeldOut(_logger, heldOut.Used, heldOut.Read, heldOut.OverLength, heldOut.Identical);
        if (saved is not null)
        {
            TrainingLog.Resumed(_logger, saved.Step);
        }
    }
}
