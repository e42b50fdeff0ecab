using ToolRM.Verification.Features;

namespace ToolRM.Tests.Verification.Features;

public class CountFeaturesTests
{
    private static readonly Tool[] _tools = [Tool.Create("add", "Adds."), Tool.Create("mix", "Mixes.")];

    private static FamilyProbe Probe(string user, params ToolCall[] calls) => new(new CountFeatures(), user, _tools, calls);

    private static ToolCall Add(string arguments = "{}") => ToolCall.Parse("add", arguments);

    private static ToolCall Mix(string arguments = "{}") => ToolCall.Parse("mix", arguments);

    [Theory]
    [InlineData(1, 1, 0, 0)]
    [InlineData(2, 0, 1, 0)]
    [InlineData(3, 0, 0, 1)]
    [InlineData(5, 0, 0, 1)]
    public void Calls_are_counted(int calls, int one, int two, int more)
    {
        FamilyProbe probe = Probe("x", [.. Enumerable.Repeat(Add(), calls)]);

        probe["one_call"].Should().Be(one);
        probe["two_calls"].Should().Be(two);
        probe["more_calls"].Should().Be(more);
        probe["calls_log"].Should().Be(Math.Log(1 + calls));
    }

    [Fact]
    public void Signs_of_several_things_are_compared_with_the_calls()
    {
        FamilyProbe one = Probe("red and green", Add()), two = Probe("red and green", Add(), Mix()), three = Probe("red", Add(), Add(), Mix());

        one["below_cues"].Should().BeApproximately(1 / 3.0, 1e-12);
        one["list_cues"].Should().BeApproximately(Math.Log(2) / 3, 1e-12);
        two["below_cues"].Should().Be(0);
        two["above_cues"].Should().Be(0);
        three["above_cues"].Should().Be(2);
    }

    [Fact]
    public void One_call_for_several_things_is_marked()
    {
        Probe("3, 5 and 7", Add())["one_for_number_list"].Should().Be(1);
        Probe("3, 5 and 7", Add(), Add())["one_for_number_list"].Should().Be(0);
        Probe("red and blue, respectively", Add())["one_for_respectively"].Should().Be(1);
        Probe("red and blue", Add())["one_for_respectively"].Should().Be(0);
    }

    [Fact]
    public void Equal_calls_are_duplicates_whatever_the_order_of_their_arguments()
    {
        FamilyProbe probe = Probe("x", Add("""{"a":1,"b":2}"""), Add("""{"b":2.0,"a":1}"""), Mix("""{"a":1,"b":2}"""));

        probe["duplicate_calls"].Should().Be(1);
        probe["same_function"].Should().Be(1);
        probe["contained_calls"].Should().Be(0);
        probe["functions_share"].Should().Be(1);
    }

    [Fact]
    public void A_call_may_have_only_arguments_of_another()
    {
        Probe("x", Add("""{"a":1,"b":2}"""), Add("""{"a":1}"""))["contained_calls"].Should().Be(1);
        Probe("x", Add("""{"a":1}"""), Mix(), Add("""{"a":1,"b":2}"""))["contained_calls"].Should().Be(1);
        Probe("x", Add("""{"a":1,"b":2}"""), Add("""{"a":2}"""))["contained_calls"].Should().Be(0);
        Probe("x", Add("""{"a":1,"b":2}"""), Mix("""{"a":1}"""))["contained_calls"].Should().Be(0);
    }

    [Fact]
    public void Texts_may_be_the_value_of_several_arguments()
    {
        Probe("x", Add("""{"a":"Rome","b":{"c":["Rome"]},"d":"NY","e":"NY","f":"true","g":"true"}"""))["duplicate_values"].Should().Be(1);
        Probe("x", Add("""{"a":"Rome"}"""), Add("""{"a":"Rome"}"""))["duplicate_values"].Should().Be(0);
    }

    [Fact]
    public void Lists_among_the_arguments_are_measured()
    {
        FamilyProbe one = Probe("x", Add("""{"a":[1,2,3],"b":[1],"c":[1,2,3,4,5,6,7,8,9]}"""));

        one["list_length"].Should().BeApproximately(10 / 3.0, 1e-12);
        one["lists_in_one_call"].Should().Be(2);
        Probe("x", Add("""{"a":[1,2,3]}"""), Mix())["lists_in_one_call"].Should().Be(0);
    }

    [Fact]
    public void Without_calls_there_is_nothing() => Probe("red and green").Amounts.Should().BeEmpty();
}
