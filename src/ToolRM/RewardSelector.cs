using ToolRM.Selection;

namespace ToolRM;

/// <summary>Chooses one of several candidates for a prompt by their rewards (best of N). Immutable and thread-safe.</summary>
/// <remarks>
/// Choosing the highest reward among many outputs of many models is worse than a plain majority vote, and falls with their number:
/// the more there are, the likelier one of them is overrated (Gao, Schulman and Hilton, arXiv 2210.10760). Votes weighted by rewards
/// do not suffer from that.
/// </remarks>
public sealed class RewardSelector
{
    private readonly IRewardModel _model;
    private readonly RewardSelectorOptions _options;

    /// <summary>A selector.</summary>
    /// <param name="model">Gives the rewards.</param>
    /// <param name="options">How to choose; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public RewardSelector(IRewardModel model, RewardSelectorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _options = options ?? new RewardSelectorOptions();
        _options.Validate();
    }

    /// <summary>Scores the candidates and chooses one; the first of equals.</summary>
    /// <param name="prompt">The conversation and the tools.</param>
    /// <param name="candidates">At least one candidate. Equal ones are all votes.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OverLengthException">Prompt and candidate are too long for the model.</exception>
    /// <exception cref="ToolRMException">The model did not give one score for each candidate.</exception>
    public async Task<RewardSelection> SelectAsync(
        ToolPrompt prompt, IReadOnlyList<Candidate> candidates, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(candidates);

        // Samples repeat themselves: each different candidate is scored once.
        Candidate[] different = [.. candidates.Distinct()];
        IReadOnlyList<RewardScore> scores = await RewardModelExtensions.ScoreAllAsync(_model, prompt, different, cancellationToken).ConfigureAwait(false);
        Dictionary<Candidate, RewardScore> scoreOf = different.Zip(scores).ToDictionary(pair => pair.First, pair => pair.Second);
        return Select(prompt, candidates, [.. candidates.Select(candidate => scoreOf[candidate])]);
    }

    /// <summary>Chooses one of candidates that are scored already; the first of equals.</summary>
    /// <param name="prompt">The conversation and the tools.</param>
    /// <param name="candidates">At least one candidate.</param>
    /// <param name="scores">Their scores, in their order.</param>
    /// <exception cref="ArgumentException">There is no candidate, or not one score for each.</exception>
    public RewardSelection Select(ToolPrompt prompt, IReadOnlyList<Candidate> candidates, IReadOnlyList<RewardScore> scores)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(scores);
        if (candidates.Count == 0 || candidates.Count != scores.Count)
        {
            throw new ArgumentException(
                $"Expected at least one candidate and one score for each, found {candidates.Count} candidates and {scores.Count} scores.", nameof(scores));
        }

        var reader = new BallotReader(prompt.Tools);
        var ballots = new Dictionary<Candidate, Ballot>();
        foreach (Candidate candidate in candidates)
        {
            if (!ballots.ContainsKey(candidate))
            {
                ballots.Add(candidate, reader.Read(candidate));
            }
        }

        // Differences of rewards are all that counts; from the highest down, no exponential overflows.
        double highest = scores.Max(score => score.Reward);
        double[] votes = [.. scores.Select(score => Math.Exp((score.Reward - highest) / _options.Temperature))];
        double all = votes.Sum();
        bool isVote = _options.Rule == SelectionRule.RewardWeightedVote;
        VoteGroup[] groups =
        [
            .. Enumerable.Range(0, candidates.Count)
                .GroupBy(index => isVote ? ballots[candidates[index]].Key : $"{index}", StringComparer.Ordinal)
                .Select(group => new VoteGroup(
                    [.. group], group.Sum(index => votes[index]) / all, group.Any(index => ballots[candidates[index]].IsValid)))
                .OrderByDescending(group => group.IsValid || !_options.DropInvalid)
                .ThenByDescending(group => group.Share),
        ];
        int chosen = Representative(groups[0], candidates, scores, ballots);
        return new RewardSelection(chosen, candidates[chosen], scores, groups);
    }

    /// <summary>The member of a group to give: a valid one, of those the most frequent, of those the best.</summary>
    private static int Representative(
        VoteGroup group, IReadOnlyList<Candidate> candidates, IReadOnlyList<RewardScore> scores, Dictionary<Candidate, Ballot> ballots) =>
        group.Members
            .GroupBy(index => candidates[index])
            .OrderByDescending(equal => ballots[equal.Key].IsValid)
            .ThenByDescending(equal => equal.Count())
            .ThenByDescending(equal => scores[equal.First()].Reward)
            .First().First();
}
