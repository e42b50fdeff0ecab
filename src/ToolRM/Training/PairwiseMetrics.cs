namespace ToolRM.Training;

/// <summary>How well rewards order a set of pairs. Immutable.</summary>
public record PairwiseMetrics
{
    /// <summary>Number of pairs these figures are about.</summary>
    public required int Pairs { get; init; }

    /// <summary>Mean loss of a pair: the training objective with margin, label smoothing and centering.</summary>
    public required double Loss { get; init; }

    /// <summary>Fraction of pairs whose chosen reward is strictly higher, 0 to 1.</summary>
    public required double Accuracy { get; init; }

    /// <summary>As <see cref="Accuracy"/>, with each tie counted as half a success.</summary>
    public required double AccuracyTiesHalf { get; init; }

    /// <summary>Number of pairs with two equal rewards.</summary>
    public required int Ties { get; init; }

    /// <summary>Mean of chosen reward minus rejected reward.</summary>
    public required double MeanMargin { get; init; }

    /// <summary>Mean reward over chosen and rejected candidates.</summary>
    public required double MeanReward { get; init; }

    /// <summary>The lowest reward.</summary>
    public required double MinReward { get; init; }

    /// <summary>The highest reward.</summary>
    public required double MaxReward { get; init; }
}
