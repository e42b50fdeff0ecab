using System.Globalization;
using ToolRM.Verification;

namespace ToolRM.Training;

/// <summary>
/// Fits a linear model to pairs of vectors, by Adam with a linearly falling learning rate. In double precision and in a fixed order on
/// one thread, so that it repeats bit for bit.
/// </summary>
internal sealed class LinearTrainer
{
    /// <summary>Where the learning rate ends, as a fraction of the first.</summary>
    private const double LeastRate = 0.005;
    private const ulong OrderStream = 0, DropoutStream = 1;

    private readonly VerifierTrainingOptions _options;
    private readonly FeatureWeight[] _statistics;
    private readonly LinearObjective _objective;
    private readonly FeatureDropout _dropout;
    private readonly EndlessOrder _order;
    private readonly int _pairsPerStep;

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ToolRMException">There is no pair to train on.</exception>
    public LinearTrainer(VectorPairs pairs, VerifierTrainingOptions options)
    {
        options.Validate();
        if (pairs.Count == 0)
        {
            throw new ToolRMException("There is nothing to train on: no pair was given. Give at least one; a few hundred make a model.");
        }

        _options = options;
        _pairsPerStep = Math.Min(options.PairsPerStep, pairs.Count);
        Steps = Math.Max(checked((int)Math.Ceiling((double)pairs.Count * options.Epochs / _pairsPerStep)), options.MinSteps);
        _statistics = FeatureStatistics.Of(pairs);
        _objective = new(pairs, _statistics, new BradleyTerryLoss(LabelSmoothing: 0, options.CenteringCoefficient), options.WeightPenalty);
        _dropout = new(options.FeatureDropout, Xoshiro256.Create(options.Seed, DropoutStream));
        _order = new(pairs.Count, Xoshiro256.Create(options.Seed, OrderStream));
    }

    /// <summary>Optimiser steps of the whole run.</summary>
    public int Steps { get; }

    /// <summary>Runs all steps; once.</summary>
    /// <param name="stepDone">Is called after every step with the number of those done.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="TrainingDivergedException">The loss is no longer finite.</exception>
    public LinearHead Train(Action<int>? stepDone = null, CancellationToken cancellationToken = default)
    {
        var parameters = new double[_statistics.Length + 1];
        var gradient = new double[parameters.Length];
        var adam = new Adam(parameters.Length);
        var batch = new int[_pairsPerStep];
        for (int step = 1; step <= Steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _order.Take(batch);
            double loss = _objective.Evaluate(batch, parameters, _dropout, gradient);
            if (!double.IsFinite(loss))
            {
                throw new TrainingDivergedException(step, string.Create(CultureInfo.InvariantCulture, $"the loss is {loss}"));
            }

            double rest = 1 - ((step - 1.0) / Steps);
            adam.Step(parameters, gradient, _options.LearningRate * Math.Max(rest, LeastRate));
            stepDone?.Invoke(step);
        }

        return new LinearHead(
            [.. _statistics.Select((feature, i) => feature with { Weight = (float)parameters[i] })], (float)parameters[^1]);
    }
}
