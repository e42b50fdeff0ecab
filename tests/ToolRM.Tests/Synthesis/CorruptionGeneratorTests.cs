using ToolRM.Data;
using ToolRM.Synthesis;

namespace ToolRM.Tests.Synthesis;

public sealed class CorruptionGeneratorTests
{
    [Fact]
    public void Same_seed_gives_the_same_pairs()
    {
        string[] first = [.. Travel.Generator.Generate(Travel.Golds, 200, seed: 5).Select(Describe)];
        string[] second = [.. new CorruptionGenerator(Travel.Golds).Generate(Travel.Golds, 200, seed: 5).Select(Describe)];
        string[] other = [.. Travel.Generator.Generate(Travel.Golds, 200, seed: 6).Select(Describe)];

        second.Should().Equal(first);
        other.Should().NotEqual(first);
    }

    [Fact]
    public void A_pair_depends_on_no_other()
    {
        string[] sequence = [.. Travel.Generator.Generate(Travel.Golds, 100, seed: 5).Select(Describe)];
        string?[] alone = new string?[100];
        Parallel.For(0, alone.Length, i => alone[i] = Travel.Generator.Draw(Travel.Golds, 5, i) is { } pair ? Describe(pair) : null);

        alone.Where(pair => pair is not null).Should().Equal(sequence);
    }

    [Fact]
    public void Styles_come_by_their_weights()
    {
        var options = new CorruptionOptions
        {
            Weights = new Dictionary<CorruptionStyle, double> { [CorruptionStyle.CityState] = 3, [CorruptionStyle.NoCall] = 1 },
        };

        PreferencePair[] pairs = [.. new CorruptionGenerator(Travel.Golds, options).Generate(Travel.Golds, 800, seed: 1)];

        pairs.Should().HaveCount(800);
        pairs.Select(pair => pair.Source).Distinct().Should().BeEquivalentTo("CityState", "NoCall");
        pairs.Count(pair => pair.Source == "CityState").Should().BeInRange(540, 660);
    }

    [Fact]
    public void All_styles_with_weight_come_by_default() =>
        Travel.Generator.Generate(Travel.Golds, 3000, seed: 2).Select(pair => pair.Source).Distinct()
            .Should().BeEquivalentTo(CorruptionOptions.DefaultWeights.Keys.Select(style => style.ToString()));

    [Fact]
    public void An_example_is_spoiled_in_a_style_that_suits_it()
    {
        GoldExample gold = Travel.Golds[3];

        PreferencePair?[] pairs = [.. Enumerable.Range(0, 100).Select(seed => Travel.Generator.Corrupt(gold, (ulong)seed))];

        pairs.Should().NotContainNulls();
        pairs.Select(pair => pair!.Source).Distinct().Should().HaveCountGreaterThan(10);
        pairs.Select(pair => Describe(pair!)).Should().Equal(
            Enumerable.Range(0, 100).Select(seed => Describe(Travel.Generator.Corrupt(gold, (ulong)seed)!)));
    }

    [Fact]
    public void Defaults_are_given_to_both_sides_alike()
    {
        PreferencePair[] pairs = [.. Travel.Pairs(CorruptionStyle.OtherValue, 300).Where(pair => pair.Chosen.Calls[0].Name == "find_hotel")];

        double Share(Func<PreferencePair, Candidate> side) =>
            (double)pairs.Count(pair => side(pair).Calls[0].Arguments.TryGetProperty("currency", out _)) / pairs.Length;

        Share(pair => pair.Chosen).Should().BeInRange(0.1, 0.35);
        Share(pair => pair.Rejected).Should().BeApproximately(Share(pair => pair.Chosen), 0.08);
    }

    [Fact]
    public void Hostile_examples_give_nothing()
    {
        ToolCall call = ToolCall.Parse("find_hotel", """{"city":"Seattle"}""");
        GoldExample[] hostile =
        [
            Gold(ToolPrompt.FromUser("Seattle"), call),
            Gold(ToolPrompt.FromUser("Seattle", Travel.FindTrain), call),
            Gold(ToolPrompt.FromUser("Seattle", Travel.FindHotel), ToolCall.Parse("find_hotel", "[1]")),
            Gold(ToolPrompt.FromUser("Seattle", Travel.FindHotel), ToolCall.Parse("find_hotel", "{}")),
            Gold(ToolPrompt.FromUser("Seattle", Travel.FindHotel), ToolCall.Parse("find_hotel", """{"city":5}""")),
            Gold(ToolPrompt.FromUser("Seattle", Travel.FindHotel)),
        ];
        var generator = new CorruptionGenerator(hostile);

        generator.Generate(hostile, 20, seed: 1).Should().BeEmpty();
        generator.Generate([], 20, seed: 1).Should().BeEmpty();
        foreach (CorruptionStyle style in Enum.GetValues<CorruptionStyle>())
        {
            hostile.Select(gold => generator.Corrupt(gold, style, 3)?.Id).Should().AllSatisfy(id => id.Should().BeNull());
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"properties":{"city":true}}""")]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"type":"object","properties":{"city":{"type":"string"}}}}}""")]
    [InlineData("""{"type":"object","properties":{"city":{"type":["string","null"],"enum":[]}}}""")]
    public void Strange_schemas_are_no_problem(string schema)
    {
        GoldExample gold = Gold(
            ToolPrompt.FromUser(
                "A hotel in Seattle and one in Seattle, \ud83d\ude00 100000000000000000000000000000", Tool.Create("find_hotel", null, schema)),
            ToolCall.Parse("find_hotel", """{"city":"Seattle","n":1e300,"m":79228162514264337593543950335,"o":{},"l":[],"x":null,"":""}"""));
        var generator = new CorruptionGenerator([gold]);

        foreach (CorruptionStyle style in Enum.GetValues<CorruptionStyle>())
        {
            for (ulong seed = 0; seed < 20; seed++)
            {
                generator.Invoking(g => g.Corrupt(gold, style, seed)).Should().NotThrow();
            }
        }
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        static Action Make(CorruptionOptions options) => () => _ = new CorruptionGenerator([], options);

        static Action Weigh(CorruptionStyle style, double weight) =>
            Make(new() { Weights = new Dictionary<CorruptionStyle, double> { [style] = weight } });

        Make(new() { NeutralDefaults = 1.5 }).Should().Throw<ArgumentOutOfRangeException>();
        Make(new() { Weights = new Dictionary<CorruptionStyle, double>() }).Should().Throw<ArgumentOutOfRangeException>();
        Weigh(CorruptionStyle.NoCall, -1).Should().Throw<ArgumentOutOfRangeException>();
        Weigh((CorruptionStyle)99, 1).Should().Throw<ArgumentOutOfRangeException>();
        Travel.Generator.Invoking(generator => generator.Corrupt(Travel.Golds[0], (CorruptionStyle)99, 0))
            .Should().Throw<ArgumentOutOfRangeException>();
    }

    private static GoldExample Gold(ToolPrompt prompt, params ToolCall[] calls) => new("hostile", prompt, Candidate.FromCalls(calls), null);

    private static string Describe(PreferencePair pair) =>
        $"{pair.Id} {pair.ErrorType} {pair.Source} {pair.Prompt.ToJson()} {pair.Chosen.ToJson()} {pair.Rejected.ToJson()}";
}
