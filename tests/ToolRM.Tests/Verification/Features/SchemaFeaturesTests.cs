using ToolRM.Verification.Features;

namespace ToolRM.Tests.Verification.Features;

public class SchemaFeaturesTests
{
    private static readonly Tool[] _tools =
    [
        Tool.Create("get_forecast", "Weather.", """
            {"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer","maximum":7},
            "unit":{"type":"string","enum":["celsius","kelvin"]},
            "places":{"type":"array","items":{"type":"string"}}},"required":["city","days"]}
            """),
        Tool.Create("note", null, """{"type":"object"}"""),
    ];

    private static FamilyProbe Probe(params ToolCall[] calls) => new(new SchemaFeatures(), "Say something", _tools, calls);

    private static ToolCall Forecast(string arguments) => ToolCall.Parse("get_forecast", arguments);

    [Fact]
    public void Valid_call_has_no_feature() =>
        Probe(Forecast("""{"city":"Oslo","days":2,"unit":"kelvin","places":["a"]}""")).Amounts.Should().BeEmpty();

    [Fact]
    public void Missing_and_unexpected_parameters_count()
    {
        FamilyProbe probe = Probe(Forecast("""{"city_name":"Oslo","parameters":{}}"""));

        probe["missing_required"].Should().Be(2);
        probe["unexpected"].Should().Be(2);
        probe["unexpected_similar"].Should().Be(1);
        probe["wrapped"].Should().Be(1);
        probe["any_missing_required"].Should().Be(1);
        probe["any_unexpected"].Should().Be(1);
        probe.Amounts.Should().Contain(amount => amount.Parameter == "days").And.Contain(amount => amount.Parameter == "city_name");
    }

    [Fact]
    public void Sums_are_divided_by_the_calls_and_indicators_are_not()
    {
        FamilyProbe probe = Probe(Forecast("""{"city":"Oslo"}"""), Forecast("""{"city":"Rome","days":1}"""));

        probe["missing_required"].Should().Be(0.5);
        probe["any_missing_required"].Should().Be(1);
    }

    [Fact]
    public void Unknown_functions_count()
    {
        FamilyProbe probe = Probe(
            ToolCall.Parse("forecast", "{}"), ToolCall.Parse("weather.get_forecast", "{}"), ToolCall.Parse("book", "{}"));

        probe["unknown_function"].Should().Be(1);
        probe["unknown_function_part"].Should().BeApproximately(2.0 / 3, 1e-9);
        probe["any_unknown_function"].Should().Be(1);
    }

    [Theory]
    [InlineData("""{"city":5,"days":2}""", "type_not_text")]
    [InlineData("""{"city":null,"days":2}""", "type_null")]
    [InlineData("""{"city":"Oslo","days":true}""", "type_boolean_for_number")]
    [InlineData("""{"city":"Oslo","days":2.5}""", "type_fraction_for_integer")]
    [InlineData("""{"city":"Oslo","days":"2"}""", "type_text_for_number")]
    [InlineData("""{"city":"Oslo","days":[2]}""", "type_structure_for_scalar")]
    [InlineData("""{"city":"Oslo","days":2,"places":"a"}""", "type_not_list")]
    [InlineData("""{"city":"Oslo","days":2,"places":[1]}""", "type_inside")]
    public void Wrong_types_count_by_their_kind(string arguments, string kind)
    {
        FamilyProbe probe = Probe(Forecast(arguments));

        probe[kind].Should().Be(1);
        probe["type"].Should().Be(1);
        probe["any_type"].Should().Be(1);
    }

    [Fact]
    public void Values_that_are_not_allowed_count()
    {
        FamilyProbe other = Probe(Forecast("""{"city":"Oslo","days":2,"unit":"rankine"}"""));
        FamilyProbe otherCase = Probe(Forecast("""{"city":"Oslo","days":2,"unit":"Kelvin"}"""));

        (other["enum"], other["enum_case"], other["any_enum"]).Should().Be((1, 0, 1));
        (otherCase["enum"], otherCase["enum_case"], otherCase["any_enum"]).Should().Be((1, 1, 1));
    }

    [Fact]
    public void Values_outside_limits_count() => Probe(Forecast("""{"city":"Oslo","days":9}"""))["limits"].Should().Be(1);

    [Fact]
    public void Functions_that_take_anything_have_no_unexpected_parameters() =>
        Probe(ToolCall.Parse("note", """{"anything":1}""")).Amounts.Should().BeEmpty();

    [Fact]
    public void Answers_without_calls_are_told_apart()
    {
        var text = new FamilyProbe(new SchemaFeatures(), ToolPrompt.FromUser("Hi", _tools), Candidate.FromText("Hello"));
        var nothing = new FamilyProbe(new SchemaFeatures(), ToolPrompt.FromUser("Hi", _tools), Candidate.NoCall);

        (text["text"], text["no_call"]).Should().Be((1, 0));
        (nothing["text"], nothing["no_call"]).Should().Be((0, 1));
    }
}
