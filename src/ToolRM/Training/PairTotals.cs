namespace ToolRM.Training;

/// <summary>Sums over scored pairs, from which the metrics follow; saved with the state, so no figure is lost on resume.</summary>
internal sealed class PairTotals
{
    public int Pairs { get; set; }

    public int Correct { get; set; }

    public int Ties { get; set; }

    public long Tokens { get; set; }

    public double Loss { get; set; }

    public double Margin { get; set; }

    public double Reward { get; set; }

    public double MinReward { get; set; }

    public double MaxReward { get; set; }

    public void Add(double chosen, double rejected, double loss) => Add(new PairTotals
    {
        Pairs = 1,
        Correct = chosen > rejected ? 1 : 0,
        Ties = chosen == rejected ? 1 : 0,
        Loss = loss,
        Margin = chosen - rejected,
        Reward = chosen + rejected,
        MinReward = Math.Min(chosen, rejected),
        MaxReward = Math.Max(chosen, rejected),
    });

    public void Add(PairTotals other)
    {
        MinReward = Pairs == 0 ? other.MinReward : Math.Min(MinReward, other.MinReward);
        MaxReward = Pairs == 0 ? other.MaxReward : Math.Max(MaxReward, other.MaxReward);
        Pairs += other.Pairs;
        Correct += other.Correct;
        Ties += other.Ties;
        Tokens += other.Tokens;
        Loss += other.Loss;
        Margin += other.Margin;
        Reward += other.Reward;
    }

    /// <summary>The means; there must be at least one pair.</summary>
    public PairwiseMetrics ToMetrics() => new()
    {
        Pairs = Pairs,
        Loss = Loss / Pairs,
        Accuracy = (double)Correct / Pairs,
        AccuracyTiesHalf = (Correct + (0.5 * Ties)) / Pairs,
        Ties = Ties,
        MeanMargin = Margin / Pairs,
        MeanReward = Reward / (2.0 * Pairs),
        MinReward = MinReward,
        MaxReward = MaxReward,
    };
}
