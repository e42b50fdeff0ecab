namespace ToolRM.Evaluation;

/// <summary>The rewards of one pair. Immutable.</summary>
/// <param name="Id">The pair's id.</param>
/// <param name="ChosenReward">Reward of the right candidate.</param>
/// <param name="RejectedReward">Reward of the wrong candidate.</param>
/// <param name="ErrorType">What is wrong with the wrong candidate, if the pair says so.</param>
public sealed record PairEvaluation(string Id, double ChosenReward, double RejectedReward, string? ErrorType)
{
    /// <summary>By how much the right candidate is ahead; negative if the wrong one is.</summary>
    public double Margin => ChosenReward - RejectedReward;

    /// <summary>Whether the two rewards are equal, so that the model cannot tell the candidates apart.</summary>
    public bool IsTie => ChosenReward == RejectedReward;

    /// <summary>Whether the right candidate has strictly the higher reward.</summary>
    public bool IsCorrect => ChosenReward > RejectedReward;
}
