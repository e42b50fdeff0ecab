using ToolRM.Verification;

namespace ToolRM.Training;

/// <summary>Mean and standard deviation of features, over both candidates of all pairs.</summary>
internal static class FeatureStatistics
{
    /// <summary>Least standard deviation: features that hardly vary would otherwise be magnified until single pairs decide their weights.</summary>
    private const double LeastScale = 0.15;

    /// <summary>The features with their statistics and no weight yet.</summary>
    public static FeatureWeight[] Of(VectorPairs pairs)
    {
        var means = new double[pairs.Width];
        var squares = new double[pairs.Width];
        foreach (float[] vector in pairs.Chosen.Concat(pairs.Rejected))
        {
            for (int i = 0; i < vector.Length; i++)
            {
                means[i] += vector[i] / (2.0 * pairs.Count);
            }
        }

        foreach (float[] vector in pairs.Chosen.Concat(pairs.Rejected))
        {
            for (int i = 0; i < vector.Length; i++)
            {
                double distance = vector[i] - means[i];
                squares[i] += distance * distance / (2.0 * pairs.Count);
            }
        }

        return [.. means.Zip(squares, (mean, square) => new FeatureWeight(0, (float)mean, (float)Math.Max(Math.Sqrt(square), LeastScale)))];
    }
}
