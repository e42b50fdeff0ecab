using System.Globalization;
using ToolRM.Engines;

namespace ToolRM.Training;

/// <summary>Runs pairs through an engine, micro-batch by micro-batch: to learn from them, or to measure them.</summary>
internal sealed class PairwiseObjective(ITrainingEngine engine, BradleyTerryLoss loss, int tokensPerMicroBatch)
{
    private float[] _rewards = [], _gradients = [];

    /// <summary>Adds the gradients of the mean loss over the pairs of <paramref name="order"/> to the engine's.</summary>
    /// <exception cref="TrainingDivergedException">A reward or loss is not finite.</exception>
    public PairTotals Accumulate(TrainingPairs pairs, ReadOnlyMemory<int> order, int step, CancellationToken cancellationToken)
    {
        var totals = new PairTotals();
        foreach (MicroBatch batch in MicroBatch.Pack(pairs, order, tokensPerMicroBatch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            int leaves = Reserve(batch);
            engine.Forward(batch.Forest, _rewards.AsSpan(0, leaves), cancellationToken);
            _gradients.AsSpan(0, leaves).Clear();
            foreach (PairLeaves pair in batch.Pairs)
            {
                PairLoss result = Measure(pair, step, totals);
                _gradients[pair.Chosen] += (float)(result.ChosenGradient / order.Length);
                _gradients[pair.Rejected] += (float)(result.RejectedGradient / order.Length);
            }

            engine.Backward(_gradients.AsSpan(0, leaves), cancellationToken);
            totals.Tokens += batch.Forest.Tokens.Length;
        }

        return totals;
    }

    /// <summary>Scores all pairs without learning.</summary>
    /// <exception cref="TrainingDivergedException">A reward or loss is not finite.</exception>
    public PairTotals Evaluate(TrainingPairs pairs, int step, CancellationToken cancellationToken)
    {
        var totals = new PairTotals();
        int[] order = [.. pairs.Groups.SelectMany(group => group)];
        foreach (MicroBatch batch in MicroBatch.Pack(pairs, order, tokensPerMicroBatch))
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
