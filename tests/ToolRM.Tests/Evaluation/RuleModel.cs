namespace ToolRM.Tests.Evaluation;

/// <summary>A reward model that is a rule, as a user may write one.</summary>
internal sealed class RuleModel(Func<Candidate, double> rule) : IRewardModel
{
    /// <summary>How many requests were scored.</summary>
    public int Requests { get; private set; }

    public Task<IReadOnlyList<RewardScore>> ScoreAsync(RewardRequest request, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Requests++;
        return Task.FromResult<IReadOnlyList<RewardScore>>([.. request.Candidates.Select(candidate => new RewardScore(rule(candidate)))]);
    }
}
