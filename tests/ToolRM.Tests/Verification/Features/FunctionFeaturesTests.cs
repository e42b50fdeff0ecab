using ToolRM.Verification.Features;

namespace ToolRM.Tests.Verification.Features;

public class FunctionFeaturesTests
{
    private static readonly Tool[] _tools =
    [
        Tool.Create("find_hotel", "Searches hotels in a city.", """{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}"""),
        Tool.Create("find_flight", "Searches flights between airports.", """
            {"type":"object","properties":{"origin":{"type":"string"},"airport":{"type":"string"}},"required":["origin"]}
            """),
        Tool.Create("cancel_trip", "Cancels a trip."),
    ];

    private static FamilyProbe Probe(string user, params string[] functions) =>
        new(new FunctionFeatures(), user, _tools, [.. functions.Select(name => ToolCall.Parse(name, "{}"))]);

    [Fact]
    public void The_function_that_is_asked_for_is_ahead()
    {
        FamilyProbe right = Probe("find a hotel in some city", "find_hotel"), wrong = Probe("find a hotel in some city", "find_flight");

        right["is_best"].Should().Be(1);
        right["better_rivals"].Should().Be(0);
        right["relevance_margin"].Should().BePositive().And.Be(-wrong["relevance_margin"]);
        right["relevance"].Should().BeGreaterThan(wrong["relevance"]);
        right["name_share"].Should().BeApproximately(1, 1e-12);
        right["name_margin"].Should().BePositive();
        right["parameter_fit"].Should().BePositive();
        wrong["is_best"].Should().Be(0);
        wrong["better_rivals"].Should().Be(Math.Log(2));
        wrong["parameter_fit"].Should().Be(0);
    }

    [Fact]
    public void A_name_that_is_not_mentioned_counts_if_another_is()
    {
        Probe("find a hotel", "cancel_trip")["name_unmentioned"].Should().Be(1);
        Probe("find a hotel", "find_flight")["name_unmentioned"].Should().Be(0);
        Probe("well then", "cancel_trip")["name_unmentioned"].Should().Be(0);
    }

    [Fact]
    public void Older_messages_of_the_user_count_apart()
    {
        var prompt = new ToolPrompt([ChatMessage.User("a hotel please"), ChatMessage.Assistant("Which flight?"), ChatMessage.User("in Oslo")], _tools);
        var probe = new FamilyProbe(new FunctionFeatures(), prompt, Candidate.FromCalls(ToolCall.Parse("find_hotel", "{}")));

        probe["relevance"].Should().Be(0);
        probe["relevance_user"].Should().BePositive();
        probe["relevance_user_margin"].Should().BePositive();
        probe["relevance_conversation_margin"].Should().BeLessThan(probe["relevance_user_margin"]);
    }

    [Fact]
    public void Required_parameters_are_a_share()
    {
        Probe("x", "find_hotel")["required_share"].Should().Be(1);
        Probe("x", "find_flight")["required_share"].Should().Be(0.5);
        Probe("x", "cancel_trip")["required_share"].Should().Be(0);
        Probe("x", "find_hotel", "find_flight")["required_share"].Should().Be(0.75);
    }

    [Fact]
    public void Verbs_match_by_kind()
    {
        FamilyProbe right = Probe("look for a hotel", "find_hotel"), wrong = Probe("look for a hotel", "cancel_trip");

        right["verb_match"].Should().Be(1);
        right["verb_mismatch"].Should().Be(0);
        wrong["verb_match"].Should().Be(0);
        wrong["verb_mismatch"].Should().Be(1);
        Probe("Oslo tomorrow", "cancel_trip")["verb_mismatch"].Should().Be(0);
    }

    [Fact]
    public void Actions_are_verbs_that_clauses_begin_with()
    {
        Probe("cancel the journey I looked up", "cancel_trip")["action_match"].Should().Be(1);
        FamilyProbe wrong = Probe("cancel the journey I looked up", "find_flight");
        wrong["verb_match"].Should().Be(1);
        wrong["action_mismatch"].Should().Be(1);
    }

    [Fact]
    public void Of_several_calls_the_weakest_counts_too()
    {
        FamilyProbe both = Probe("find a hotel", "find_hotel", "cancel_trip");

        both["weakest_relevance"].Should().Be(Probe("find a hotel", "cancel_trip")["relevance"]);
        both["weakest_margin"].Should().BeNegative();
        Probe("find a hotel", "cancel_trip")["weakest_margin"].Should().Be(0);
    }

    [Fact]
    public void Unknown_functions_say_nothing() => Probe("find a hotel", "fly").Amounts.Should().BeEmpty();

    [Fact]
    public void A_single_function_has_no_margin()
    {
        var probe = new FamilyProbe(new FunctionFeatures(), "find a hotel", [_tools[0]], ToolCall.Parse("find_hotel", "{}"));

        probe["relevance"].Should().BePositive();
        probe["relevance_margin"].Should().Be(0);
        probe["is_best"].Should().Be(0);
    }
}
