namespace ToolRM;

/// <summary>Shorter ways to ask any <see cref="IRewardModel"/>.</summary>
public static class RewardModelExtensions
{
    /// <summary>Scores one candidate.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompt">The conversation and the tools.</param>
    /// <param name="candidate">The candidate.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OverLengthException">Prompt and candidate are too long for the model.</exception>
    /// <exception cref="ToolRMException">The model did not give one score for each candidate.</exception>
    public static async Task<RewardScore> ScoreAsync(
        this IRewardModel model, ToolPrompt prompt, Candidate candidate, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        return (await ScoreAllAsync(model, prompt, [candidate], cancellationToken).ConfigureAwait(false))[0];
    }

    /// <summary>Scores candidates of one prompt and orders them, the best first.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompt">The conversation and the tools.</param>
    /// <param name="candidates">At least one candidate.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OverLengthException">Prompt and candidate are too long for the model.</exception>
    /// <exception cref="ToolRMException">The model did not give one score for each candidate.</exception>
    public static async Task<IReadOnlyList<RankedCandidate>> RankAsync(
        this IRewardModel model, ToolPrompt prompt, IReadOnlyList<Candidate> candidates, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        IReadOnlyList<RewardScore> scores = await ScoreAllAsync(model, prompt, candidates, cancellationToken).ConfigureAwait(false);
        return
        [
            .. Enumerable.Range(0, candidates.Count)
                .OrderByDescending(index => scores[index].Reward)
                .Select((index, place) => new RankedCandidate(place + 1, index, candidates[index], scores[index])),
        ];
    }

    internal static async Task<IReadOnlyList<RewardScore>> ScoreAllAsync(
        IRewardModel model, ToolPrompt prompt, IReadOnlyList<Candidate> candidates, CancellationToken cancellationToken)
    {
        IReadOnlyList<RewardScore> scores = await model.ScoreAsync(new RewardRequest(prompt, candidates), cancellationToken).ConfigureAwait(false);
        return scores.Count == candidates.Count ? scores : throw new ToolRMException(
            $"{model.GetType().Name} gave {scores.Count} scores for {candidates.Count} candidates. ScoreAsync must give one for each, in their order.");
    }
}
