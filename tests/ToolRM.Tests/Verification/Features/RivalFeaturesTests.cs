using ToolRM.Verification.Features;

namespace ToolRM.Tests.Verification.Features;

public class RivalFeaturesTests
{
    private static readonly Tool[] _tools =
    [
        Tool.Create("find_house", "Finds houses.", """{"type":"object","properties":{"city":{"type":"string"},"size":{"type":"integer"}}}"""),
        Tool.Create("find_house_price", "Finds what houses cost.", """{"type":"object","properties":{"city":{"type":"string"},"year":{"type":"integer"}}}"""),
        Tool.Create("send_letter", "Posts a letter.", """{"type":"object","properties":{"text":{"type":"string"}}}"""),
    ];

    private static FamilyProbe Probe(string user, params ToolCall[] calls) => new(new RivalFeatures(), user, _tools, calls);

    private static ToolCall Call(string name, string arguments = "{}") => ToolCall.Parse(name, arguments);

    [Fact]
    public void Another_function_may_accept_the_arguments()
    {
        Probe("x", Call("find_house", """{"city":"Oslo","size":3}"""))["accepts_arguments"].Should().Be(0.5);
        Probe("x", Call("find_house", """{"city":"Oslo"}"""))["accepts_arguments"].Should().Be(1);
        Probe("x", Call("send_letter", """{"text":"Oslo"}"""))["accepts_arguments"].Should().Be(0);
    }

    [Fact]
    public void Another_function_may_have_the_verb()
    {
        Probe("look for something", Call("send_letter"))["verb"].Should().Be(1);
        Probe("look for something", Call("find_house"))["verb"].Should().Be(0);
        Probe("erase something", Call("send_letter"))["verb"].Should().Be(0);
    }

    [Fact]
    public void A_more_specific_sibling_counts_if_it_is_asked_for()
    {
        Probe("find the price of a house", Call("find_house"))["more_specific"].Should().Be(1);
        Probe("find a house", Call("find_house"))["more_specific"].Should().Be(0);
        Probe("find the price of a house", Call("find_house_price"))["more_specific"].Should().Be(0);
    }

    [Fact]
    public void A_more_general_sibling_counts_if_no_more_is_asked_for()
    {
        Probe("find a house", Call("find_house_price"))["more_general"].Should().Be(1);
        Probe("find the price of a house", Call("find_house_price"))["more_general"].Should().Be(0);
        Probe("find a house", Call("find_house"))["more_general"].Should().Be(0);
    }

    [Fact]
    public void Siblings_are_told_apart_by_what_only_one_has()
    {
        Probe("find the price of a house", Call("find_house_price"))["sibling_contrast"].Should().BePositive();
        Probe("find the price of a house", Call("find_house"))["sibling_contrast"].Should().BeNegative();
        Probe("find the price of a house", Call("send_letter"))["sibling_contrast"].Should().Be(0);
    }

    [Fact]
    public void What_is_left_over_may_fit_a_function_that_is_not_called()
    {
        Probe("find a house and post a letter", Call("find_house"))["rest_fits"].Should().BePositive();
        Probe("find a house and post a letter", Call("find_house"), Call("send_letter"))["rest_fits"].Should().Be(0);
        Probe("find a house", Call("find_house"))["rest_fits"].Should().Be(0);
    }

    [Fact]
    public void Clauses_may_ask_for_a_function_that_is_not_called()
    {
        Probe("find a house and send it", Call("find_house"))["actions_unserved"].Should().Be(1);
        Probe("find a house and send it", Call("find_house"), Call("send_letter"))["actions_unserved"].Should().Be(0);
        Probe("find a house and delete it", Call("find_house"))["actions_unserved"].Should().Be(0);
    }

    [Fact]
    public void The_best_of_the_others_counts()
    {
        Probe("a letter", Call("find_house"))["best_uncalled"].Should().BePositive();
        Probe("a letter", Call("send_letter"))["best_uncalled"].Should().Be(0);
    }

    [Fact]
    public void Without_other_functions_there_is_nothing() =>
        new FamilyProbe(new RivalFeatures(), "find a house", [_tools[0]], Call("find_house")).Amounts.Should().BeEmpty();
}
