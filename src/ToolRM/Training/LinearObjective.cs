using ToolRM.Verification;

namespace ToolRM.Training;

/// <summary>
/// The pairwise objective of a linear model: the mean <see cref="BradleyTerryLoss"/> of pairs whose features are partly hidden, and a
/// penalty on the squares of the weights.
/// </summary>
internal sealed class LinearObjective
{
    private readonly int _width;
    private readonly float[] _rows;
    private readonly IReadOnlyList<double> _margins;
    private readonly BradleyTerryLoss _loss;
    private readonly double _penalty;
    private readonly double[] _mask;

    public LinearObjective(VectorPairs pairs, IReadOnlyList<FeatureWeight> statistics, BradleyTerryLoss loss, double penalty)
    {
        (_width, _margins, _loss, _penalty) = (pairs.Width, pairs.Margins, loss, penalty);
        _mask = new double[_width];
        _rows = new float[2L * pairs.Count * _width];
        for (int pair = 0; pair < pairs.Count; pair++)
        {
            Standardize(pairs.Chosen[pair], statistics, Row(2 * pair));
            Standardize(pairs.Rejected[pair], statistics, Row((2 * pair) + 1));
        }
    }

    /// <summary>Loss and gradient of some pairs.</summary>
    /// <param name="pairs">Their indices; at least one.</param>
    /// <param name="parameters">The weights, then the bias.</param>
    /// <param name="dropout">Hides features.</param>
    /// <param name="gradient">Receives the derivatives by the parameters.</param>
    public double Evaluate(ReadOnlySpan<int> pairs, ReadOnlySpan<double> parameters, FeatureDropout dropout, Span<double> gradient)
    {
        ReadOnlySpan<double> weights = parameters[.._width];
        Span<double> slopes = gradient[.._width];
        gradient.Clear();
        double loss = 0;
        foreach (int pair in pairs)
        {
            Span<float> chosen = Row(2 * pair), rejected = Row((2 * pair) + 1);
            dropout.Draw(_mask);
            (double chosenReward, double rejectedReward) = Rewards(weights, chosen, rejected, parameters[_width]);
            PairLoss result = _loss.Evaluate(chosenReward, rejectedReward, _margins[pair]);
            loss += result.Value;
            for (int i = 0; i < slopes.Length; i++)
            {
                slopes[i] += _mask[i] * ((result.ChosenGradient * chosen[i]) + (result.RejectedGradient * rejected[i]));
            }

            gradient[_width] += result.ChosenGradient + result.RejectedGradient;
        }

        foreach (ref double slope in gradient)
        {
            slope /= pairs.Length;
        }

        double squares = 0;
        for (int i = 0; i < slopes.Length; i++)
        {
            slopes[i] += 2 * _penalty * weights[i];
            squares += weights[i] * weights[i];
        }

        return (loss / pairs.Length) + (_penalty * squares);
    }

    private (double Chosen, double Rejected) Rewards(
        ReadOnlySpan<double> weights, ReadOnlySpan<float> chosen, ReadOnlySpan<float> rejected, double bias)
    {
        double chosenReward = bias, rejectedReward = bias;
        for (int i = 0; i < weights.Length; i++)
        {
            double weight = weights[i] * _mask[i];
            chosenReward += weight * chosen[i];
            rejectedReward += weight * rejected[i];
        }

        return (chosenReward, rejectedReward);
    }

    private Span<float> Row(int row) => _rows.AsSpan(row * _width, _width);

    private static void Standardize(float[] vector, IReadOnlyList<FeatureWeight> statistics, Span<float> row)
    {
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = (float)statistics[i].Standardize(vector[i]);
        }
    }
}
