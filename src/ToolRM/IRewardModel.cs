namespace ToolRM;

/// <summary>
/// Anything that gives rewards to candidate tool calls: a transformer, a rule, a remote service, an ensemble. One
/// method is enough to implement; everything else of the library (ranking, evaluation, selection) accepts it.
/// </summary>
/// <remarks>Implementations must be safe to call from many tasks at once.</remarks>
public interface IRewardModel
{
    /// <summary>Scores the candidates of one prompt.</summary>
    /// <returns>One score per candidate, in the order of <see cref="RewardRequest.Candidates"/>.</returns>
    Task<IReadOnlyList<RewardScore>> ScoreAsync(RewardRequest request, CancellationToken cancellationToken = default);

    /// <summary>Scores many prompts; by default one after the other. Models that gain from batches override it.</summary>
    /// <returns>One list per request, in their order.</returns>
    async Task<IReadOnlyList<IReadOnlyList<RewardScore>>> ScoreAsync(
        IReadOnlyList<RewardRequest> requests, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var scores = new IReadOnlyList<RewardScore>[requests.Count];
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = await ScoreAsync(requests[i], cancellationToken).ConfigureAwait(false);
        }

        return scores;
    }
}
