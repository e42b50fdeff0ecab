using ToolRM.Verification.Features;

namespace ToolRM.Tests.Verification.Features;

public class DemandFeaturesTests
{
    private static readonly Tool[] _tools = [Tool.Create("get_weather", "Weather.")];

    private static FamilyProbe Probe(string user, params string[] arguments) =>
        new(new DemandFeatures(), user, _tools, [.. arguments.Select(json => ToolCall.Parse("get_weather", json))]);

    private static string City(string name) => $$"""{"city":"{{name}}","unit":"C"}""";

    [Fact]
    public void A_list_is_used_item_by_item()
    {
        const string user = "the weather in Paris, London and Rome";
        FamilyProbe some = Probe(user, City("Paris"), City("Rome")), all = Probe(user, City("Paris"), City("London"), City("Rome"));

        some["items_unused"].Should().Be(1);
        some["below_items"].Should().Be(1);
        some["items_equal"].Should().Be(0);
        all["items_unused"].Should().Be(0);
        all["below_items"].Should().Be(0);
        all["items_equal"].Should().Be(1);
    }

    [Fact]
    public void Lists_that_are_not_used_at_all_do_not_count() =>
        Probe("the weather for Paris and Rome", City("Oslo"))["items_unused"].Should().Be(0);

    [Fact]
    public void Different_values_or_items_count_but_not_calls()
    {
        const string user = "the weather in Paris, London and Rome";

        Probe(user, """{"cities":["Paris","London","Rome"]}""")["items_equal"].Should().Be(1);
        Probe(user, City("Paris"), City("Paris"), City("Paris"))["items_equal"].Should().Be(0);
        Probe(user, City("Paris, London and Rome"))["below_items"].Should().Be(2);
        Probe(user, City("Paris"), City("London"), City("Rome"), City("Oslo"))["above_items"].Should().Be(1);
    }

    [Fact]
    public void Without_a_list_there_are_no_items()
    {
        FamilyProbe probe = Probe("the weather in Paris", City("Paris"), City("Rome"));

        probe["above_items"].Should().Be(0);
        probe["items_equal"].Should().Be(0);
    }

    [Fact]
    public void Calls_are_compared_with_actions()
    {
        Probe("Find it and book it, then call me", "{}")["below_actions"].Should().Be(1);
        Probe("Find it", "{}", "{}", "{}")["above_actions"].Should().Be(2);
        Probe("Paris tomorrow", "{}")["above_actions"].Should().Be(0);
    }

    [Fact]
    public void Calls_are_compared_with_sentences()
    {
        Probe("It rains. I am cold. Is it summer?", "{}")["below_sentences"].Should().Be(2);
        Probe("It rains.", "{}", "{}")["above_sentences"].Should().Be(1);
    }
}
