using ToolRM.Tests.Checkpoints;
using ToolRM.Tests.Scoring;
using ToolRM.Verification;

namespace ToolRM.Tests.Verification;

public sealed class VerifierRewardModelTests
{
    private static readonly RewardRequest[] _requests =
        [.. Enumerable.Range(0, 5).Select(i => new RewardRequest(TinyRewardModel.Prompt($"Weather in Paris for {i} days?"), TinyRewardModel.Candidates))];

    private static LinearHead RandomHead()
    {
        var random = new Random(4);
        return new LinearHead([.. FeatureSet.Definitions.Select(_ => new FeatureWeight(random.NextSingle() - 0.5f, random.NextSingle(), 1))], -0.25f);
    }

    private static VerifierRewardModel Model(RewardModelOptions? options = null) => new("made up", RandomHead(), options ?? new RewardModelOptions());

    private static double[][] Rewards(IReadOnlyList<IReadOnlyList<RewardScore>> scores) => [.. scores.Select(Rewards)];

    private static double[] Rewards(IReadOnlyList<RewardScore> scores) => [.. scores.Select(score => score.Reward)];

    [Fact]
    public async Task Rewards_are_those_of_the_features_on_any_number_of_threads()
    {
        double[][] expected = [.. _requests.Select(request => (double[])
            [.. request.Candidates.Select(candidate =>
                RandomHead().Score(FeatureSet.Compute(new CandidateFacts(new RequestFacts(request.Prompt), candidate))))])];

        Rewards(await Model(new RewardModelOptions { Threads = 1 }).ScoreAsync(_requests)).Should().BeEquivalentTo(expected, it => it.WithStrictOrdering());
        Rewards(await Model(new RewardModelOptions { Threads = 8 }).ScoreAsync(_requests)).Should().BeEquivalentTo(expected, it => it.WithStrictOrdering());
        Rewards(await Model().ScoreAsync(_requests[3])).Should().Equal(expected[3]);
    }

    [Fact]
    public async Task Scores_carry_findings_and_explanations_only_when_asked()
    {
        RewardScore plain = (await Model().ScoreAsync(_requests[0]))[1];
        RewardScore full = (await Model(new RewardModelOptions { ValidateCalls = true, ExplainScores = true }).ScoreAsync(_requests[0]))[1];

        (plain.Findings, plain.Explanation).Should().Be((null, null));
        full.Reward.Should().Be(plain.Reward);
        full.Findings.Should().ContainSingle().Which.Path.Should().Contain("days");
        RewardExplanation explanation = full.Explanation!;
        (explanation.Constant + explanation.Families.Sum(family => family.Contribution)).Should().BeApproximately(full.Reward, 1e-9);
        explanation.Families.Select(family => family.Family).Should().Equal(FeatureSet.Families.Select(family => family.Name));
    }

    [Fact]
    public async Task Saved_model_is_loaded_and_scores_the_same()
    {
        using var folder = new TemporaryFolder();
        string target = folder.File("verifier");
        VerifierRewardModel model = Model();

        await model.SaveAsync(target);
        VerifierRewardModel loaded = await VerifierRewardModel.LoadAsync(target);

        loaded.Name.Should().Be(target);
        loaded.Features.Should().Equal(model.Features).And.HaveCount(FeatureSet.Count);
        Rewards(await loaded.ScoreAsync(_requests)).Should().BeEquivalentTo(Rewards(await model.ScoreAsync(_requests)), it => it.WithStrictOrdering());
    }

    [Fact]
    public async Task Bad_requests_and_options_are_refused()
    {
        VerifierRewardModel model = Model();

        await model.Awaiting(it => it.ScoreAsync(_requests[0] with { Candidates = [] }))
            .Should().ThrowAsync<ArgumentException>().WithMessage("Request 0 has no candidate*");
        await model.Awaiting(it => it.ScoreAsync([_requests[0], _requests[0] with { Candidates = [Candidate.NoCall, null!] }]))
            .Should().ThrowAsync<ArgumentException>().WithMessage("Request 1 has a candidate that is null*");
        await model.Awaiting(it => it.ScoreAsync((RewardRequest)null!)).Should().ThrowAsync<ArgumentNullException>();
        await model.Awaiting(it => it.ScoreAsync(_requests[0] with { Prompt = null! })).Should().ThrowAsync<ArgumentNullException>();
        await model.Awaiting(it => it.ScoreAsync(_requests, new CancellationToken(canceled: true))).Should().ThrowAsync<OperationCanceledException>();
        FluentActions.Invoking(() => Model(new RewardModelOptions { Threads = 0 })).Should().Throw<ArgumentOutOfRangeException>();
        await FluentActions.Awaiting(() => VerifierRewardModel.LoadAsync("no-such-folder"))
            .Should().ThrowAsync<ToolRMException>().WithMessage("no-such-folder*holds no verifier.json*");
    }
}
