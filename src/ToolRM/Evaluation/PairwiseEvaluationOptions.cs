namespace ToolRM.Evaluation;

/// <summary>How pairs are evaluated. Immutable.</summary>
public sealed record PairwiseEvaluationOptions
{
    /// <summary>
    /// Pairs that are handed to the model at once, at least 1. Rewards of a <see cref="RewardModel"/> do not depend on it.
    /// <value>Default: 64.</value>
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int BatchSize
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 64;

    /// <summary>What happens to pairs that are too long. <value>Default: <see cref="OverLengthPairs.Reject"/>.</value></summary>
    public OverLengthPairs OverLength { get; init; } = OverLengthPairs.Reject;

    /// <summary>
    /// What the report calls the model. <value>Default: <see langword="null"/>, <see cref="RewardModel.Name"/> or the name of
    /// the model's type.</value>
    /// </summary>
    public string? ModelName { get; init; }
}
