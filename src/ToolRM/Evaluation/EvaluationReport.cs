namespace ToolRM.Evaluation;

/// <summary>How well a model orders preference pairs. Immutable.</summary>
public sealed record EvaluationReport
{
    /// <summary>The key of <see cref="ByErrorType"/> for pairs that do not say what is wrong.</summary>
    public const string UnknownErrorType = "unknown";

    /// <summary>What the model is called.</summary>
    public required string Model { get; init; }

    /// <summary>The counts of all pairs together.</summary>
    public required PairAccuracy Overall { get; init; }

    /// <summary>Number of pairs scored.</summary>
    public int Pairs => Overall.Pairs;

    /// <summary>Fraction of pairs whose chosen reward is strictly higher, 0 to 1; a tie is no success.</summary>
    public double Accuracy => Overall.Accuracy;

    /// <summary>As <see cref="Accuracy"/>, with each tie counted as half a success: what a coin would make of it.</summary>
    public double AccuracyTiesHalf => Overall.AccuracyTiesHalf;

    /// <summary>Number of pairs with two equal rewards.</summary>
    public int Ties => Overall.Ties;

    /// <summary>The mean of the strict accuracies of <see cref="ByErrorType"/>, each type counting the same.</summary>
    public double MacroAccuracy => ByErrorType.Values.Average(type => type.Accuracy);

    /// <summary>The counts per error type, ordered by name; pairs without one are under <see cref="UnknownErrorType"/>.</summary>
    public required IReadOnlyDictionary<string, PairAccuracy> ByErrorType { get; init; }

    /// <summary>The 95 % confidence interval of <see cref="Accuracy"/> (Wilson's score interval).</summary>
    public ConfidenceInterval ConfidenceInterval => ConfidenceInterval.Wilson(Overall.Correct, Overall.Pairs);

    /// <summary>Mean of chosen reward minus rejected reward.</summary>
    public required double MeanMargin { get; init; }

    /// <summary>Pairs a second while the model was at work, with rendering and tokenisation but without reading the data.</summary>
    public required double PairsPerSecond { get; init; }

    /// <summary>Pairs left out of all figures because they are too long; always 0 under <see cref="OverLengthPairs.Reject"/>.</summary>
    public required int OverLength { get; init; }

    /// <summary>The rewards of each pair, in the order of the data.</summary>
    public required IReadOnlyList<PairEvaluation> Rows { get; init; }
}
