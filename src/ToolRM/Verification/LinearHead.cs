namespace ToolRM.Verification;

/// <summary>A linear model over feature vectors: the sum of the features' terms and a bias. Immutable.</summary>
/// <param name="features">The features in the order of the vector; those of weight 0 are listed as well.</param>
/// <param name="bias">The reward of an ordinary vector.</param>
internal sealed class LinearHead(IReadOnlyList<FeatureWeight> features, float bias)
{
    private readonly FeatureWeight[] _features = [.. features];

    public IReadOnlyList<FeatureWeight> Features => _features;

    public float Bias { get; } = bias;

    /// <summary>The reward of a vector.</summary>
    /// <exception cref="ArgumentException">The vector has another length than the model.</exception>
    public double Score(ReadOnlySpan<double> vector)
    {
        if (vector.Length != _features.Length)
        {
            throw new ArgumentException($"The vector has {vector.Length} features, the model {_features.Length}.", nameof(vector));
        }

        double score = Bias;
        for (int i = 0; i < vector.Length; i++)
        {
            score += _features[i].Term(vector[i]);
        }

        return score;
    }
}
