using ToolRM.Verification.Features;

namespace ToolRM.Tests.Verification.Features;

public class CodeFeaturesTests
{
    private static readonly string[] _features = ["meant", "other_meant", "none_meant", "unexplained"];

    private static readonly Tool[] _tools =
    [
        Tool.Create("get_weather", "Weather.", """
            {"type":"object","properties":{"place":{"type":"integer",
            "description":"ID of the city. For example, 1 for Lisbon, 2 for Porto, 3 for Old Faro."},
            "unit":{"type":"string","description":"'m' for metric, 'i' for imperial"},
            "days":{"type":"integer","description":"Number of days"}}}
            """),
    ];

    private static FamilyProbe Probe(string user, params string[] arguments) =>
        new(new CodeFeatures(), user, _tools, [.. arguments.Select(text => ToolCall.Parse("get_weather", text))]);

    private static string Found(FamilyProbe probe) => string.Join(' ', _features.Where(feature => probe[feature] != 0));

    [Theory]
    [InlineData("the weather in Porto", "2", "meant")]
    [InlineData("the weather in porto", "\"2\"", "meant")]
    [InlineData("the weather in faro", "3", "meant")]
    [InlineData("in Lisbon or Porto", "1", "meant")]
    [InlineData("in Lisbon or Porto", "2", "meant")]
    [InlineData("the weather in Porto", "1", "other_meant")]
    [InlineData("the weather in Porto", "9", "unexplained")]
    [InlineData("the weather in Porto", "\"Porto\"", "unexplained")]
    [InlineData("the weather in Braga", "1", "none_meant")]
    [InlineData("the weather in Braga", "9", "")]
    [InlineData("the weather in Porto", "true", "")]
    [InlineData("the weather in Porto", "[2]", "")]
    [InlineData("the weather in Porto", "null", "")]
    public void Codes_are_compared_with_what_is_said(string user, string value, string feature)
    {
        FamilyProbe probe = Probe(user, $$"""{"place":{{value}}}""");

        (double, int, string?)[] amounts = feature.Length == 0 ? [] : [(1, 0, "place")];
        Found(probe).Should().Be(feature);
        probe.Amounts.Select(amount => (amount.Amount, amount.CallIndex, amount.Parameter)).Should().Equal(amounts);
    }

    [Fact]
    public void Codes_may_be_letters_and_their_case_counts()
    {
        Found(Probe("in metric units", """{"unit":"m"}""")).Should().Be("meant");
        Found(Probe("in metric units", """{"unit":"i"}""")).Should().Be("other_meant");
        Found(Probe("in metric units", """{"unit":"M"}""")).Should().Be("unexplained");
    }

    [Fact]
    public void Parameters_without_codes_and_unknown_ones_tell_nothing() =>
        Probe("1 for Lisbon, 2 for Porto", """{"days":2,"where":1}""").Amounts.Should().BeEmpty();

    [Fact]
    public void Each_argument_of_each_call_counts()
    {
        FamilyProbe probe = Probe("metric weather in Porto", """{"place":2,"unit":"i"}""", """{"place":1}""");

        (probe["meant"], probe["other_meant"]).Should().Be((0.5, 1));
        probe.Amounts.Select(amount => (amount.CallIndex, amount.Parameter)).Should().Equal((0, "place"), (0, "unit"), (1, "place"));
    }
}
