namespace ToolRM.Training;

/// <summary>What happened since the last report of metrics.</summary>
internal sealed class TrainingWindow
{
    public PairTotals Totals { get; set; } = new();

    public int Steps { get; set; }

    /// <summary>Sum over the steps, before clipping.</summary>
    public double GradientNorm { get; set; }

    public double Seconds { get; set; }

    public void Add(PairTotals totals, double gradientNorm, TimeSpan elapsed)
    {
        Totals.Add(totals);
        Steps++;
        GradientNorm += gradientNorm;
        Seconds += elapsed.TotalSeconds;
    }
}
