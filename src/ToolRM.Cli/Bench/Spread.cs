namespace ToolRM.Cli.Bench;

/// <summary>The middle and the ends of some measurements.</summary>
internal readonly record struct Spread(double Median, double Least, double Most)
{
    /// <summary>The end that is further from the median, as a fraction of the median.</summary>
    public double Deviation => Math.Max(Most - Median, Median - Least) / Median;

    /// <summary>Of at least one measurement; of an even number the median is the mean of the two in the middle.</summary>
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new Spread((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, sorted[0], sorted[^1]);
    }

    /// <summary>Amounts per second from seconds that a fixed amount took.</summary>
    public static Spread OfRates(IReadOnlyList<double> seconds, double amount) => Of(seconds.Select(time => amount / time));
}
