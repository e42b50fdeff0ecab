namespace ToolRM.Verification;

/// <summary>What a linear model does with one feature. Immutable.</summary>
/// <param name="Weight">What one standard deviation more adds to the reward.</param>
/// <param name="Mean">The value that counts as ordinary.</param>
/// <param name="Scale">The standard deviation, above 0.</param>
internal readonly record struct FeatureWeight(float Weight, float Mean, float Scale)
{
    /// <summary>Standard deviations beyond which a value tells nothing more.</summary>
    public const double Limit = 6;

    /// <summary>The value in standard deviations from the mean, from -<see cref="Limit"/> to <see cref="Limit"/>.</summary>
    public double Standardize(double value) => Math.Clamp((value - Mean) / Scale, -Limit, Limit);

    /// <summary>What the value adds to the reward.</summary>
    public double Term(double value) => Weight * Standardize(value);
}
