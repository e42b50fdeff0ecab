using ToolRM.Verification;
using ToolRM.Verification.Features;
using ToolRM.Verification.Grounding;

namespace ToolRM.Tests.Verification.Features;

public class GroundingFeaturesTests
{
    private static readonly Tool[] _tools =
    [
        Tool.Create("trip", "Plans.", """
            {"type":"object","properties":{"start":{"type":"string"},"stops":{"type":"array","items":{"type":"string"}},
            "note":{"type":"string"},
            "mode":{"type":"string","description":"Defaults to 'car'."}},"required":["start","stops"]}
            """),
        Tool.Create("stop", "Stops.", """{"type":"object","properties":{}}"""),
    ];

    private static FamilyProbe Probe(params ToolCall[] calls) => new(new GroundingFeatures(), "From Oslo to Rome and Bonn", _tools, calls);

    private static ToolCall Trip(string arguments) => ToolCall.Parse("trip", arguments);

    [Fact]
    public void Each_class_is_named_in_its_order() =>
        GroundingText.All.Select(text => text.Class).Should().Equal(Enum.GetValues<GroundingClass>());

    [Fact]
    public void Leaves_of_a_list_share_its_weight()
    {
        FamilyProbe probe = Probe(Trip("""{"start":"Oslo","stops":["Rome","rome","Quito","Lima"]}"""));

        probe["required_exact"].Should().Be(1.25);
        probe["required_other_case"].Should().Be(0.25);
        probe["required_none"].Should().Be(0.5);
        probe["required"].Should().Be(2);
        probe["grounded"].Should().Be(1.5);
        probe["required_ungrounded"].Should().Be(0.25);
        probe["all_grounded"].Should().Be(0.75);
        probe["required_parameters"].Should().Be(0.75);
    }

    [Fact]
    public void Optional_arguments_count_by_themselves()
    {
        FamilyProbe probe = Probe(Trip("""{"start":"Oslo","note":"zzz","mode":"car"}"""));

        probe["optional"].Should().Be(2);
        probe["optional_none"].Should().Be(1);
        probe["optional_ungrounded"].Should().Be(1, "a default that nobody asked for counts as any other value");
        probe["all_grounded"].Should().BeApproximately(1.0 / 3, 1e-9);
        probe["required_parameters"].Should().Be(0.5, "the stops are missing");
    }

    [Fact]
    public void Shares_are_of_all_calls_and_sums_of_each()
    {
        FamilyProbe probe = Probe(Trip("""{"start":"Oslo","stops":["Rome"]}"""), Trip("""{"start":"Quito","stops":["Lima"]}"""));

        probe["required_exact"].Should().Be(1);
        probe["required_ungrounded"].Should().Be(0.5);
        probe["required_parameters"].Should().Be(0.5);
    }

    [Fact]
    public void Functions_without_required_parameters_miss_none() =>
        Probe(ToolCall.Parse("stop", "{}"))["required_parameters"].Should().Be(1);

    [Fact]
    public void Unknown_functions_and_parameters_have_no_grounding()
    {
        FamilyProbe probe = Probe(ToolCall.Parse("walk", """{"start":"Oslo"}"""), ToolCall.Parse("stop", """{"start":"Oslo"}"""));

        probe.Amounts.Should().ContainSingle("only the second has all its required parameters");
    }

    [Fact]
    public void Amounts_name_the_argument()
    {
        FeatureAmount[] amounts = [.. Probe(Trip("""{"start":"Quito"}""")).Amounts];

        amounts.Should().OnlyContain(amount => amount.Parameter == "start" && amount.CallIndex == 0).And.NotBeEmpty();
    }
}
