using ToolRM.Checkpoints;
using ToolRM.Verification;

namespace ToolRM.Tests.Scoring;

/// <summary>A folder with a <c>verifier.json</c> beside the transformer.</summary>
public sealed class VerifiedRewardModelTests : IDisposable
{
    private static readonly LinearHead _head = RandomHead(4);

    private static readonly RewardRequest[] _requests =
    [
        .. Enumerable.Range(1, 6).Select(i => new RewardRequest(
            TinyRewardModel.Prompt($"weather in Paris for {i} days"), [.. TinyRewardModel.Candidates, .. TinyRewardModel.Candidates[..(i % 3)]])),
    ];

    private readonly TinyRewardModel _plain = new(), _mixed = new();

    public VerifiedRewardModelTests() => VerifierFile.Write(_mixed.Folder, _head, FeatureNames.Own);

    public void Dispose()
    {
        _plain.Dispose();
        _mixed.Dispose();
    }

    private static LinearHead RandomHead(int seed)
    {
        var random = new Random(seed);
        return new LinearHead(
            [.. FeatureSet.Definitions.Select(_ => new FeatureWeight(random.NextSingle() - 0.5f, random.NextSingle(), 1))], -0.25f);
    }

    private static double[] Rewards(IEnumerable<RewardScore> scores) => [.. scores.Select(score => score.Reward)];

    /// <summary>All that the scores say, in words.</summary>
    private static string[] Tell(IEnumerable<IReadOnlyList<RewardScore>> scores) =>
    [
        .. scores.SelectMany(list => list).Select(score =>
            $"{score.Reward:R} {score.PromptTokens} {score.CandidateTokens} {score.DroppedMessages} {score.Explanation!.Constant:R} "
            + $"{string.Join(' ', score.Explanation.Families)} {string.Join(' ', score.Explanation.Reasons)} {string.Join(' ', score.Findings!)}"),
    ];

    [Fact]
    public async Task The_reward_is_the_sum_of_both()
    {
        using RewardModel plain = await RewardModel.LoadAsync(_plain.Folder), mixed = await RewardModel.LoadAsync(_mixed.Folder);
        VerifierRewardModel verifier = await VerifierRewardModel.LoadAsync(_mixed.Folder);
        foreach (RewardRequest request in _requests)
        {
            IReadOnlyList<RewardScore> transformed = await plain.ScoreAsync(request), verified = await verifier.ScoreAsync(request);
            IReadOnlyList<RewardScore> both = await mixed.ScoreAsync(request);

            Rewards(both).Should().Equal(Rewards(verified).Zip(Rewards(transformed), (one, other) => one + other));
            both.Select(score => (score.PromptTokens, score.CandidateTokens)).Should().Equal(
                transformed.Select(score => (score.PromptTokens, score.CandidateTokens)));
            both.Should().OnlyContain(score => score.Explanation == null && score.Findings == null && score.DroppedMessages == 0);
        }
    }

    [Fact]
    public async Task Families_add_up_to_the_reward_and_the_transformer_is_the_last_of_them()
    {
        using RewardModel plain = await RewardModel.LoadAsync(_plain.Folder);
        using RewardModel mixed = await RewardModel.LoadAsync(_mixed.Folder, new RewardModelOptions { ExplainScores = true });
        VerifierRewardModel verifier = await VerifierRewardModel.LoadAsync(_mixed.Folder, new RewardModelOptions { ExplainScores = true });

        IReadOnlyList<RewardScore> transformed = await plain.ScoreAsync(_requests[0]), verified = await verifier.ScoreAsync(_requests[0]);
        IReadOnlyList<RewardScore> both = await mixed.ScoreAsync(_requests[0]);

        for (int i = 0; i < both.Count; i++)
        {
            RewardExplanation explanation = both[i].Explanation!, own = verified[i].Explanation!;
            (explanation.Constant + explanation.Families.Sum(family => family.Contribution)).Should().BeApproximately(both[i].Reward, 1e-9);
            explanation.Families.Should().Equal([.. own.Families, new FamilyContribution("transformer", transformed[i].Reward)]);
            explanation.Reasons.Should().Equal(own.Reasons);
            explanation.Constant.Should().Be(own.Constant);
        }
    }

    [Fact]
    public async Task A_transformer_alone_explains_nothing()
    {
        using RewardModel plain = await RewardModel.LoadAsync(_plain.Folder, new RewardModelOptions { ExplainScores = true });

        (await plain.ScoreAsync(_requests[0])).Should().OnlyContain(score => score.Explanation == null);
    }

    [Fact]
    public async Task Token_ids_are_scored_by_the_transformer_alone()
    {
        using RewardModel plain = await RewardModel.LoadAsync(_plain.Folder), mixed = await RewardModel.LoadAsync(_mixed.Folder);
        int[][] sequences = [[1, 2, 3], [300], [.. Enumerable.Range(1, 200)]];

        (await mixed.ScoreTokensAsync(sequences))
            .Should().Equal(await plain.ScoreTokensAsync(sequences)).And.OnlyContain(reward => reward != 0);
    }

    [Fact]
    public async Task Scores_and_what_they_say_are_the_same_alone_and_together_whatever_the_threads_and_the_budget()
    {
        var options = new RewardModelOptions { Threads = 1, ExplainScores = true, ValidateCalls = true };
        using RewardModel alone = await RewardModel.LoadAsync(_mixed.Folder, options);
        var expected = new List<IReadOnlyList<RewardScore>>();
        foreach (RewardRequest request in _requests)
        {
            expected.Add(await alone.ScoreAsync(request));
        }

        foreach (RewardModelOptions other in (RewardModelOptions[])
            [options, options with { Threads = 5 }, options with { Threads = 3, TokenBudget = 60 }])
        {
            using RewardModel model = await RewardModel.LoadAsync(_mixed.Folder, other);

            Tell(await model.ScoreAsync(_requests)).Should().Equal(Tell(expected));
            Tell([await model.ScoreAsync(_requests[2])])
                .Should().Equal(Tell([expected[2]]), "a single request uses all threads for its candidates");
        }
    }

    [Fact]
    public async Task Messages_that_the_transformer_cannot_read_still_count_for_the_verifier()
    {
        using RewardModel whole = await RewardModel.LoadAsync(_mixed.Folder);
        VerifierRewardModel verifier = await VerifierRewardModel.LoadAsync(_mixed.Folder);
        ToolPrompt shorter = TinyRewardModel.Prompt("weather tomorrow");
        ToolPrompt longer = TinyRewardModel.Prompt("I am in Paris with my dog", "weather tomorrow");
        RewardScore shortScore = await whole.ScoreAsync(shorter, TinyRewardModel.Candidates[0]);
        using RewardModel model = await RewardModel.LoadAsync(_mixed.Folder, new RewardModelOptions
        {
            MaxLength = shortScore.PromptTokens + shortScore.CandidateTokens, OverLength = OverLengthPolicy.DropOldestMessages,
        });

        RewardScore score = await model.ScoreAsync(longer, TinyRewardModel.Candidates[0]);

        score.DroppedMessages.Should().Be(1);
        double transformed = shortScore.Reward - (await verifier.ScoreAsync(shorter, TinyRewardModel.Candidates[0])).Reward;
        double verified = (await verifier.ScoreAsync(longer, TinyRewardModel.Candidates[0])).Reward;
        score.Reward.Should().BeApproximately(verified + transformed, 1e-9).And.NotBe(shortScore.Reward);
    }

    [Theory]
    [InlineData("{", "*not valid JSON*")]
    [InlineData("", "*")]
    [InlineData("""{"format":2}""", "*format 2*")]
    [InlineData("""{"format":1,"feature_set":"0"}""", "*trained on other features*")]
    public async Task A_damaged_verifier_is_an_error(string json, string message)
    {
        string path = Path.Combine(_mixed.Folder, VerifierFile.Name);
        await File.WriteAllTextAsync(path, json);

        Func<Task> load = () => RewardModel.LoadAsync(_mixed.Folder);

        (await load.Should().ThrowAsync<CheckpointException>().WithMessage(message)).Which.Message.Should().StartWith(path);
    }

    [Fact]
    public async Task A_verifier_of_other_features_is_an_error()
    {
        string path = Path.Combine(_mixed.Folder, VerifierFile.Name), json = await File.ReadAllTextAsync(path);
        await File.WriteAllTextAsync(path, json.Replace(FeatureSet.Definitions[3].Name, "schema.gone", StringComparison.Ordinal));

        Func<Task> load = () => RewardModel.LoadAsync(_mixed.Folder);

        await load.Should().ThrowAsync<CheckpointException>().WithMessage($"*'{FeatureSet.Definitions[3].Name}'*");
    }

    [Fact]
    public async Task Errors_name_the_request_of_the_batch()
    {
        using RewardModel unlimited = await RewardModel.LoadAsync(_mixed.Folder);
        RewardRequest good = _requests[0], empty = good with { Candidates = [] };
        RewardScore[] scores = [.. await unlimited.ScoreAsync(good)];
        int length = scores.Max(score => score.PromptTokens + score.CandidateTokens);
        RewardRequest tooLong = good with { Prompt = TinyRewardModel.Prompt(string.Concat(Enumerable.Repeat("weather in Paris ", 50))) };
        foreach (int threads in (int[])[1, 4])
        {
            using RewardModel model = await RewardModel.LoadAsync(
                _mixed.Folder, new RewardModelOptions { MaxLength = length, Threads = threads });
            Task Score(params RewardRequest[] requests) => model.ScoreAsync(requests);

            (await FluentActions.Awaiting(() => Score(good, good, tooLong, empty)).Should().ThrowAsync<OverLengthException>()).Which.Request
                .Should().Be(2);
            await FluentActions.Awaiting(() => Score(good, empty, good, tooLong))
                .Should().ThrowAsync<ArgumentException>().WithMessage("Request 1 has no candidate*");
            await FluentActions.Awaiting(() => Score(good, null!)).Should().ThrowAsync<ArgumentNullException>();
            await FluentActions.Awaiting(() => Score(good with { Prompt = null! })).Should().ThrowAsync<ArgumentNullException>();
            await FluentActions.Awaiting(() => Score(good with { Candidates = null! }))
                .Should().ThrowAsync<ArgumentException>().WithMessage("Request 0 has no candidate*");
            (await model.ScoreAsync([])).Should().BeEmpty();
        }
    }

    [Fact]
    public async Task Cancelled_scoring_says_so()
    {
        using RewardModel model = await RewardModel.LoadAsync(_mixed.Folder, new RewardModelOptions { ExplainScores = true });
        var cancelled = new CancellationToken(canceled: true);

        await model.Awaiting(it => it.ScoreAsync(_requests, cancelled)).Should().ThrowAsync<OperationCanceledException>();
        await model.Awaiting(it => it.ScoreAsync(_requests[0], cancelled)).Should().ThrowAsync<OperationCanceledException>();
        await model.Awaiting(it => it.ScoreTokensAsync([[1]], cancelled)).Should().ThrowAsync<OperationCanceledException>();
        (await model.ScoreAsync(_requests)).Should().HaveCount(_requests.Length, "the model is as good as before");
    }
}
