using System.Globalization;
using Microsoft.Extensions.Logging;
using ToolRM.Engines;
using ToolRM.Models;

namespace ToolRM.Training;

/// <summary>Runs pairs through an engine, micro-batch by micro-batch: to learn from them, or to measure them.</summary>
internal sealed class PairwiseObjective(ITrainingEngine engine, BradleyTerryLoss loss, int tokensPerMicroBatch, ILogger logger)
{
    private float[] _rewards = [], _gradients = [];
    private int _tokensPerMicroBatch = tokensPerMicroBatch;

    /// <summary>
    /// Sets the engine's gradients to those of the mean loss over the pairs of <paramref name="order"/>; they must be zero. Where memory
    /// does not suffice it begins again with half the tokens, from then on.
    /// </summary>
    /// <exception cref="TrainingDivergedException">A reward or loss is not finite.</exception>
    /// <exception cref="OutOfDeviceMemoryException">Memory does not suffice for one pair.</exception>
    public PairTotals Accumulate(TrainingPairs pairs, ReadOnlyMemory<int> order, int step, CancellationToken cancellationToken)
    {
        while (true)
        {
            var totals = new PairTotals();
            MicroBatch? tooLarge = null;
            foreach (MicroBatch batch in MicroBatch.Pack(pairs, order, _tokensPerMicroBatch))
            {
                cancellationToken.ThrowIfCancellationRequested();
                try
                {
                    Learn(batch, step, order.Length, totals, cancellationToken);
                }
                catch (OutOfDeviceMemoryException) when (batch.Pairs.Count > 1)
                {
                    tooLarge = batch;
                    break;
                }
            }

            if (tooLarge is null)
            {
                return totals;
            }

            _tokensPerMicroBatch = tooLarge.Forest.Tokens.Length / 2;
            TrainingLog.SmallerMicroBatches(logger, step, tooLarge.Forest.Tokens.Length, _tokensPerMicroBatch);
            ClearGradients();
        }
    }

    /// <summary>Scores all pairs without learning.</summary>
    /// <exception cref="TrainingDivergedException">A reward or loss is not finite.</exception>
    public PairTotals Evaluate(TrainingPairs pairs, int step, CancellationToken cancellationToken)
    {
        var totals = new PairTotals();
        int[] order = [.. pairs.Groups.SelectMany(group => group)];
        foreach (MicroBatch batch in MicroBatch.Pack(pairs, order, _tokensPerMicroBatch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            int leaves = Reserve(batch);
            engine.Score(batch.Forest, _rewards.AsSpan(0, leaves), cancellationToken);
            totals.Tokens += batch.Forest.Tokens.Length;
            foreach (PairLeaves pair in batch.Pairs)
            {
                Measure(pair, step, totals);
            }
        }

        return totals;
    }

    /// <summary>Adds a micro-batch's share of the gradients.</summary>
    private void Learn(MicroBatch batch, int step, int pairsOfStep, PairTotals totals, CancellationToken cancellationToken)
    {
        int leaves = Reserve(batch);
        engine.Forward(batch.Forest, _rewards.AsSpan(0, leaves), cancellationToken);
        _gradients.AsSpan(0, leaves).Clear();
        foreach (PairLeaves pair in batch.Pairs)
        {
            PairLoss result = Measure(pair, step, totals);
            _gradients[pair.Chosen] += (float)(result.ChosenGradient / pairsOfStep);
            _gradients[pair.Rejected] += (float)(result.RejectedGradient / pairsOfStep);
        }

        engine.Backward(_gradients.AsSpan(0, leaves), cancellationToken);
        totals.Tokens += batch.Forest.Tokens.Length;
    }

    private void ClearGradients()
    {
        foreach (ParameterInfo parameter in engine.Parameters)
        {
            engine.Write(parameter, ParameterPart.Gradient, new float[parameter.Count]);
        }
    }

    private int Reserve(MicroBatch batch)
    {
        int leaves = batch.Forest.Leaves.Length;
        if (_rewards.Length < leaves)
        {
            (_rewards, _gradients) = (new float[leaves], new float[leaves]);
        }

        return leaves;
    }

    private PairLoss Measure(PairLeaves pair, int step, PairTotals totals)
    {
        double chosen = _rewards[pair.Chosen], rejected = _rewards[pair.Rejected];
        PairLoss result = loss.Evaluate(chosen, rejected, pair.Pair.Margin);
        if (!double.IsFinite(result.Value))
        {
            throw new TrainingDivergedException(step, string.Create(
                CultureInfo.InvariantCulture, $"pair '{pair.Pair.Id}' has the rewards {chosen} and {rejected} and the loss {result.Value}"));
        }

        totals.Add(chosen, rejected, result.Value);
        return result;
    }
}
