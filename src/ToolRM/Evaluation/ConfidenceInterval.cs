namespace ToolRM.Evaluation;

/// <summary>Where the true value of a measured fraction lies with 95 % confidence. Immutable.</summary>
/// <param name="Lower">Lower end, 0 to 1.</param>
/// <param name="Upper">Upper end, 0 to 1.</param>
public readonly record struct ConfidenceInterval(double Lower, double Upper)
{
    /// <summary>
    /// The score interval of Wilson (Journal of the American Statistical Association 22, 1927): unlike the usual normal
    /// approximation it stays within 0 and 1 and is of use near the ends and for few trials. It takes the trials as
    /// independent; pairs of one conversation are not quite, so the truth is a little wider.
    /// </summary>
    internal static ConfidenceInterval Wilson(int successes, int trials)
    {
        const double Z = 1.959963984540054; // the 97.5 % quantile of the normal distribution
        double fraction = (double)successes / trials, scale = 1 + (Z * Z / trials);
        double centre = (fraction + (Z * Z / (2.0 * trials))) / scale;
        double half = Z / scale * Math.Sqrt((fraction * (1 - fraction) / trials) + (Z * Z / (4.0 * trials * trials)));
        return new ConfidenceInterval(Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
