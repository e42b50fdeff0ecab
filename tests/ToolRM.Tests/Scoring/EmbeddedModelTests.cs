using System.Reflection;

namespace ToolRM.Tests.Scoring;

/// <summary>The model inside the library: that it is there, small, and has learnt what a schema forbids.</summary>
public sealed class EmbeddedModelTests : IDisposable
{
    private static readonly Tool _weather = Tool.Create("get_weather", "Get the weather forecast of a city.", """
        {"type":"object","properties":{"city":{"type":"string","description":"Name of the city"},
        "days":{"type":"integer","description":"Number of days to forecast"}},"required":["city"]}
        """);

    private static readonly Tool _restaurant = Tool.Create("book_restaurant", "Book a table at a restaurant.", """
        {"type":"object","properties":{"restaurant":{"type":"string","description":"Name of the restaurant"},
        "people":{"type":"integer","description":"Number of people"}},"required":["restaurant","people"]}
        """);

    private readonly RewardModel _model = RewardModel.LoadEmbedded();

    [Fact]
    public void Files_of_the_model_take_at_most_ten_megabytes()
    {
        Assembly library = typeof(RewardModel).Assembly;
        string[] names = [.. library.GetManifestResourceNames().Where(name => name.StartsWith("ToolRM.Embedded.", StringComparison.Ordinal))];
        names.Should().BeEquivalentTo(
            "ToolRM.Embedded.config.json", "ToolRM.Embedded.model.safetensors", "ToolRM.Embedded.tokenizer.json", "ToolRM.Embedded.verifier.json");
        names.Sum(name => library.GetManifestResourceStream(name)!.Length).Should().BeLessThanOrEqualTo(10_000_000);
    }

    [Theory]
    [InlineData("get_weather", """{"city":"Lisbon","days":3}""", "forecast", """{"city":"Lisbon","days":3}""", "a function that is not there")]
    [InlineData("get_weather", """{"city":"Lisbon","days":3}""", "get_weather", """{"days":3}""", "a missing required parameter")]
    [InlineData("get_weather", """{"city":"Lisbon","days":3}""", "get_weather", """{"city":"Lisbon","days":["3"]}""", "a wrong type")]
    [InlineData("get_weather", """{"city":"Lisbon","days":3}""", "get_weather", """{"city":"Lisbon","period":3}""", "an unexpected parameter")]
    [InlineData("get_weather", """{"city":"Lisbon","days":3}""", "get_weather", """{"city":"Madrid","days":3}""", "a city that nobody named")]
    [InlineData("get_weather", """{"city":"Lisbon","days":3}""", "get_weather", """{"city":"Lisbon","days":9}""", "a number that nobody named")]
    [InlineData("get_weather", """{"city":"Lisbon","days":3}""", "book_restaurant", """{"restaurant":"Lisbon","people":3}""", "another function")]
    public async Task Right_call_has_a_higher_reward_than(string name, string arguments, string wrongName, string wrongArguments, string what)
    {
        ToolPrompt prompt = ToolPrompt.FromUser("What will the weather be in Lisbon for the next 3 days?", _weather, _restaurant);
        IReadOnlyList<RankedCandidate> ranked = await _model.RankAsync(
            prompt, [Candidate.FromCalls(ToolCall.Parse(wrongName, wrongArguments)), Candidate.FromCalls(ToolCall.Parse(name, arguments))]);
        ranked[0].Index.Should().Be(1, "the other has {0}", what);
    }

    [Fact]
    public async Task Verifier_is_the_part_of_the_whole_that_gives_reasons()
    {
        using RewardModel explaining = RewardModel.LoadEmbedded(new RewardModelOptions { ExplainScores = true });
        ToolPrompt prompt = ToolPrompt.FromUser("What will the weather be in Lisbon for the next 3 days?", _weather);
        Candidate candidate = Candidate.FromCalls(ToolCall.Parse("get_weather", """{"city":"Oslo","days":3}"""));

        RewardScore whole = await explaining.ScoreAsync(prompt, candidate);
        RewardScore part = await EmbeddedModel.Verifier.ScoreAsync(prompt, candidate);

        RewardExplanation explanation = whole.Explanation!;
        double sum = explanation.Constant + explanation.Families.Sum(family => family.Contribution);
        sum.Should().BeApproximately(whole.Reward, 1e-9);
        double transformer = explanation.Families.Single(family => family.Family == "transformer").Contribution;
        (whole.Reward - transformer).Should().BeApproximately(part.Reward, 1e-9);
        explanation.Reasons.Should().Contain(reason => reason.Argument == "city" && reason.Contribution < 0 && reason.Text.StartsWith("`city`: "));
    }

    [Fact]
    public async Task Rewards_are_the_same_on_every_load_and_thread_count()
    {
        using RewardModel other = RewardModel.LoadEmbedded(new RewardModelOptions { Threads = 1 });
        ToolPrompt prompt = ToolPrompt.FromUser("Book a table for two at Luigi's.", _weather, _restaurant);
        Candidate candidate = Candidate.FromCalls(ToolCall.Parse("book_restaurant", """{"restaurant":"Luigi's","people":2}"""));
        (await _model.ScoreAsync(prompt, candidate)).Should().Be(await other.ScoreAsync(prompt, candidate));
    }

    public void Dispose() => _model.Dispose();
}
