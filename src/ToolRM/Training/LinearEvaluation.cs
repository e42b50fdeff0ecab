using ToolRM.Verification;

namespace ToolRM.Training;

/// <summary>Measures a linear model on pairs of vectors.</summary>
internal static class LinearEvaluation
{
    /// <summary>The figures, with all features shown; <see langword="null"/> if there is no pair.</summary>
    public static PairwiseMetrics? Measure(LinearHead head, VectorPairs pairs, BradleyTerryLoss loss)
    {
        var totals = new PairTotals();
        for (int i = 0; i < pairs.Count; i++)
        {
            double chosen = Score(head, pairs.Chosen[i]), rejected = Score(head, pairs.Rejected[i]);
            totals.Add(chosen, rejected, loss.Evaluate(chosen, rejected, pairs.Margins[i]).Value);
        }

        return totals.Pairs == 0 ? null : totals.ToMetrics();
    }

    private static double Score(LinearHead head, float[] vector) => head.Score(Array.ConvertAll(vector, value => (double)value));
}
