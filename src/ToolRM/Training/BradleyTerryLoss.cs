namespace ToolRM.Training;

/// <summary>The loss of one pair and its derivatives by the two rewards.</summary>
internal readonly record struct PairLoss(double Value, double ChosenGradient, double RejectedGradient);

/// <summary>
/// The pairwise objective: with d = chosen - rejected - margin,
/// -(1 - smoothing) logsigmoid(d) - smoothing logsigmoid(-d) + centering (chosen + rejected)^2.
/// Bradley and Terry 1952; margin as in Touvron et al., arXiv 2307.09288; centering by Eisenstein et al., arXiv 2312.09244.
/// </summary>
internal readonly record struct BradleyTerryLoss(double LabelSmoothing, double Centering)
{
    public PairLoss Evaluate(double chosen, double rejected, double margin)
    {
        double difference = chosen - rejected - margin, sum = chosen + rejected;
        double value = ((1 - LabelSmoothing) * Softplus(-difference)) + (LabelSmoothing * Softplus(difference)) + (Centering * sum * sum);
        double pull = (LabelSmoothing * Sigmoid(difference)) - ((1 - LabelSmoothing) * Sigmoid(-difference));
        double center = 2 * Centering * sum;
        return new(value, center + pull, center - pull);
    }

    /// <summary>log(1 + exp(x)) = -logsigmoid(-x), without overflow and without losing small results to rounding.</summary>
    private static double Softplus(double x)
    {
        double tail = Math.Exp(-Math.Abs(x)), one = 1 + tail;
        // Kahan's log1p: log(one) is exact for the rounded sum, and the quotient corrects for what rounding lost.
        double log = one == 1 ? tail : Math.Log(one) * (tail / (one - 1));
        return Math.Max(x, 0) + log;
    }

    private static double Sigmoid(double x)
    {
        double tail = Math.Exp(-Math.Abs(x));
        return (x >= 0 ? 1 : tail) / (1 + tail);
    }
}
