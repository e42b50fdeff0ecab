using ToolRM.Verification;
using ToolRM.Verification.Features;

namespace ToolRM.Tests.Verification.Features;

public class LocalityFeaturesTests
{
    private static readonly Tool[] _tools =
    [
        Tool.Create("find_trip", "Trips.", """
            {"type":"object","properties":{"origin":{"type":"string","description":"Departure city"},"destination":{"type":"string"},
            "guests":{"type":"integer"},"rooms":{"type":"integer"}}}
            """),
        Tool.Create("get_weather", "Weather.", """{"type":"object","properties":{"city":{"type":"string"}}}"""),
    ];

    private static FamilyProbe Probe(string user, params ToolCall[] calls) => new(new LocalityFeatures(), user, _tools, calls);

    private static ToolCall Trip(string arguments) => ToolCall.Parse("find_trip", arguments);

    private static ToolCall Weather(string city) => ToolCall.Parse("get_weather", $$"""{"city":"{{city}}"}""");

    [Fact]
    public void Values_stand_beside_their_parameters_names()
    {
        FamilyProbe right = Probe("3 guests want to stay in 2 rooms", Trip("""{"guests":3,"rooms":2}"""));
        FamilyProbe wrong = Probe("3 guests want to stay in 2 rooms", Trip("""{"guests":2,"rooms":3}"""));

        right["name_near"].Should().Be(2);
        right["other_near"].Should().Be(0);
        wrong["name_near"].Should().Be(0);
        wrong["other_near"].Should().Be(2);
    }

    [Fact]
    public void Values_stand_after_cues()
    {
        FamilyProbe right = Probe("go from Oslo to Rome", Trip("""{"origin":"Oslo","destination":"Rome"}"""));
        FamilyProbe wrong = Probe("go from Oslo to Rome", Trip("""{"origin":"Rome","destination":"Oslo"}"""));

        right["cue_before"].Should().Be(2);
        right["other_near"].Should().Be(0);
        wrong["cue_before"].Should().Be(0);
        wrong["other_near"].Should().Be(1);
    }

    [Fact]
    public void Values_stand_beside_words_of_the_description() =>
        Probe("my departure is Oslo", Trip("""{"origin":"Oslo"}"""))["description_near"].Should().Be(1);

    [Fact]
    public void Findings_name_their_argument() =>
        Probe("for 3 guests", Trip("""{"guests":3}""")).Amounts.Should().ContainSingle()
            .Which.Should().Match<FeatureAmount>(amount => amount.CallIndex == 0 && amount.Parameter == "guests");

    [Fact]
    public void Values_that_are_not_in_the_conversation_have_no_place() =>
        Probe("for 3 guests", Trip("""{"guests":4,"origin":true,"destination":null}""")).Amounts.Should().BeEmpty();

    [Fact]
    public void Numbers_with_a_needless_point_have_a_place() =>
        Probe("for 3 guests", Trip("""{"guests":3.0}"""))["name_near"].Should().Be(1);

    [Fact]
    public void Values_of_one_call_may_be_far_apart()
    {
        const string user = "from Oslo to Rome and from Paris to Berlin";
        FamilyProbe right = Probe(
            user, Trip("""{"origin":"Oslo","destination":"Rome"}"""), Trip("""{"origin":"Paris","destination":"Berlin"}"""));
        FamilyProbe wrong = Probe(
            user, Trip("""{"origin":"Oslo","destination":"Berlin"}"""), Trip("""{"origin":"Paris","destination":"Rome"}"""));

        right["spread"].Should().BeApproximately(2 / 9.0, 1e-12);
        wrong["spread"].Should().BeGreaterThan(right["spread"]);
        Probe(user, Trip("""{"origin":"Oslo","destination":"Berlin"}"""))["spread"].Should().Be(0);
    }

    [Fact]
    public void Calls_may_be_in_another_order()
    {
        const string user = "weather in Oslo, Rome, Paris";

        Probe(user, Weather("Oslo"), Weather("Rome"), Weather("Paris"))["order_swapped"].Should().Be(0);
        Probe(user, Weather("Rome"), Weather("Oslo"), Weather("Paris"))["order_swapped"].Should().Be(0.5);
    }

    [Fact]
    public void Values_stand_beside_their_functions_names()
    {
        const string user = "a trip to Rome is what I want, and tell me the weather of Oslo";
        FamilyProbe right = Probe(user, Trip("""{"destination":"Rome"}"""), Weather("Oslo"));
        FamilyProbe wrong = Probe(user, Trip("""{"destination":"Oslo"}"""), Weather("Rome"));

        right["function_distance"].Should().BePositive().And.BeLessThan(wrong["function_distance"]);
    }
}
