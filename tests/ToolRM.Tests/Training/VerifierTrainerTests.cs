using ToolRM.Data;
using ToolRM.Training;

namespace ToolRM.Tests.Training;

public sealed class VerifierTrainerTests
{
    private static readonly Tool[] _tools =
    [
        Tool.Create("get_weather", "The weather in a city", """{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer"}},"required":["city"]}"""),
        Tool.Create("book_table", "Books a table", """{"type":"object","properties":{"people":{"type":"integer"}},"required":["people"]}"""),
    ];

    private static readonly string[] _cities = ["Oslo", "Lima", "Cairo", "Quito", "Hanoi", "Accra", "Sofia", "Tunis"];

    /// <summary>The city that is asked for against another city, an unknown function, a wrong type and no call.</summary>
    private static PreferencePair[] Pairs(int count, int seed = 3)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            string city = _cities[random.Next(_cities.Length)], other = _cities.First(name => name != city);
            Candidate rejected = (i % 4) switch
            {
                0 => Call("get_weather", $$"""{"city":"{{other}}"}"""),
                1 => Call("get_wether", $$"""{"city":"{{city}}"}"""),
                2 => Call("get_weather", $$"""{"city":"{{city}}","days":"some"}"""),
                _ => Candidate.NoCall,
            };
            return new PreferencePair(
                $"{i}",
                new ToolPrompt([ChatMessage.User($"What is the weather like in {city}?")], _tools),
                Call("get_weather", $$"""{"city":"{{city}}"}"""),
                rejected);
        })];
    }

    private static Candidate Call(string name, string arguments) => Candidate.FromCalls(ToolCall.Parse(name, arguments));

    [Fact]
    public async Task Verifier_learns_what_is_wrong_with_calls()
    {
        VerifierTrainingResult result = await VerifierTrainer.TrainAsync(Pairs(200), Pairs(100, seed: 8));

        result.Steps.Should().Be(1000);
        result.Training.Pairs.Should().Be(200);
        result.HeldOut!.Pairs.Should().Be(100);
        result.HeldOut.Accuracy.Should().BeGreaterThan(0.95);
        PreferencePair pair = Pairs(1, seed: 9)[0];
        IReadOnlyList<RewardScore> scores = await result.Model.ScoreAsync(new RewardRequest(pair.Prompt, [pair.Chosen, pair.Rejected]));
        scores[0].Reward.Should().BeGreaterThan(scores[1].Reward);
    }

    [Fact]
    public async Task Result_depends_neither_on_threads_nor_on_held_out_pairs_but_on_the_seed()
    {
        var options = new VerifierTrainingOptions { MinSteps = 20, Threads = 1 };
        VerifierRewardModel first = (await VerifierTrainer.TrainAsync(Pairs(40), options: options)).Model;
        VerifierRewardModel again = (await VerifierTrainer.TrainAsync(Pairs(40), Pairs(10), options with { Threads = 5 })).Model;
        VerifierRewardModel other = (await VerifierTrainer.TrainAsync(Pairs(40), options: options with { Seed = 1 })).Model;

        again.Features.Should().Equal(first.Features);
        again.Head.Bias.Should().Be(first.Head.Bias);
        other.Features.Should().NotEqual(first.Features);
    }

    [Fact]
    public async Task Margins_of_pairs_count()
    {
        PreferencePair[] pairs = Pairs(40);
        var options = new VerifierTrainingOptions { MinSteps = 100 };

        PairwiseMetrics plain = (await VerifierTrainer.TrainAsync(pairs, options: options)).Training;
        PairwiseMetrics wide = (await VerifierTrainer.TrainAsync([.. pairs.Select(pair => pair with { Margin = 3 })], options: options)).Training;

        wide.Loss.Should().BeGreaterThan(plain.Loss);
        wide.MeanMargin.Should().BeGreaterThan(plain.MeanMargin);
    }

    [Fact]
    public async Task Progress_tells_of_features_then_of_steps()
    {
        var progress = new Reports();

        await VerifierTrainer.TrainAsync(Pairs(8), Pairs(4), new VerifierTrainingOptions { MinSteps = 250 }, progress);

        progress.Values.Should().Equal(new(8, 0, 0), new(12, 0, 0), new(12, 100, 250), new(12, 200, 250), new(12, 250, 250));
    }

    [Fact]
    public async Task No_pairs_and_cancellation_are_errors()
    {
        await FluentActions.Awaiting(() => VerifierTrainer.TrainAsync([]))
            .Should().ThrowAsync<ToolRMException>().WithMessage("There is nothing to train on*");
        await FluentActions.Awaiting(() => VerifierTrainer.TrainAsync(Pairs(4), cancellationToken: new CancellationToken(canceled: true)))
            .Should().ThrowAsync<OperationCanceledException>();
    }

    private sealed class Reports : IProgress<VerifierTrainingProgress>
    {
        public List<VerifierTrainingProgress> Values { get; } = [];

        public void Report(VerifierTrainingProgress value) => Values.Add(value);
    }
}
