namespace ToolRM;

/// <summary>How a <see cref="RewardSelector"/> chooses. Immutable.</summary>
public sealed record RewardSelectorOptions
{
    /// <summary>The rule. <value>Default: <see cref="SelectionRule.RewardWeightedVote"/>, which measures best.</value></summary>
    public SelectionRule Rule { get; init; }

    /// <summary>
    /// What rewards are divided by before they weigh votes, above 0: the lower, the more rewards count against the number of votes.
    /// Only for <see cref="SelectionRule.RewardWeightedVote"/>. <value>Default: 8, for rewards of the embedded model.</value>
    /// </summary>
    public double Temperature { get; init; } = 8;

    /// <summary>
    /// Whether candidates with calls that cannot be made (an unknown function, parameters missing or too many, a wrong type), or with an
    /// attempt at calls that cannot be read, are left
    /// out as long as another is there. <value>Default: <see langword="true"/>.</value>
    /// </summary>
    public bool DropInvalid { get; init; } = true;

    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    internal void Validate()
    {
        if (!Enum.IsDefined(Rule))
        {
            throw new ArgumentOutOfRangeException(nameof(Rule), Rule, "Expected one of the rules.");
        }

        if (!double.IsFinite(Temperature) || Temperature <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(Temperature), Temperature, "Temperature must be a finite number above 0.");
        }
    }
}
