namespace ToolRM;

/// <summary>How a <see cref="RewardSelector"/> chooses among the candidates of a prompt.</summary>
public enum SelectionRule
{
    /// <summary>
    /// Candidates that say the same are one group; each candidate votes for its group with exp(reward / temperature); the group with
    /// the most votes wins. For samples of one or several models, where how often an answer comes is a sign of its being right.
    /// </summary>
    RewardWeightedVote,

    /// <summary>
    /// The highest reward wins. For few candidates, or where how often an answer comes says nothing. From large pools it tends to
    /// choose what the reward model overrates, the more so the larger the pool.
    /// </summary>
    HighestReward,
}
