using System.Text.Json;
using ToolRM.Verification;

namespace ToolRM.Tests.Verification;

public class CallFactsTests
{
    private static readonly Tool _tool = Tool.Create("f", null, """
        {"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"string"},"c":{"type":"boolean"},"A":{}},"required":["b","c"]}
        """);

    private static CallFacts Facts(JsonElement arguments, string name = "f") =>
        new(new RequestFacts(ToolPrompt.FromUser("x", _tool)), new ToolCall(name, arguments), 3);

    private static CallFacts Facts(string arguments, string name = "f") => Facts(JsonElement.Parse(arguments), name);

    private static string Omitted(CallFacts call) => string.Join(' ', call.Omitted.Select(parameter => parameter.Name));

    [Fact]
    public void Arguments_keep_their_order_and_know_their_call_and_parameter()
    {
        CallFacts call = Facts("""{"c":true,"x":1,"a":2}""");

        call.Index.Should().Be(3);
        call.Function!.Name.Should().Be("f");
        call.Arguments.Select(argument => (argument.Name, argument.Parameter?.Name)).Should().Equal(("c", "c"), ("x", null), ("a", "a"));
        call.Arguments.Should().OnlyContain(argument => argument.Call == call);
    }

    [Fact]
    public void Arguments_are_found_by_exactly_their_name()
    {
        CallFacts call = Facts("""{"a":1,"x":2,"":3}""");

        call.Find("a")!.Value.GetInt32().Should().Be(1);
        call.Find("x")!.Parameter.Should().BeNull();
        call.Find("")!.Value.GetInt32().Should().Be(3);
        call.Find("A").Should().BeNull();
        call.Find("a ").Should().BeNull();
    }

    [Fact]
    public void Of_several_arguments_of_a_name_the_first_is_found_and_all_are_listed()
    {
        CallFacts call = Facts("""{"a":1,"b":"x","a":2,"a":3}""");

        call.Arguments.Select(argument => argument.Name).Should().Equal("a", "b", "a", "a");
        call.Find("a").Should().BeSameAs(call.Arguments[0]);
        Omitted(call).Should().Be("c A");
    }

    [Theory]
    [InlineData("""{"a":1}""", "b c A")]
    [InlineData("""{"A":1,"x":2}""", "a b c")]
    [InlineData("""{"c":null,"b":null,"a":null,"A":null}""", "")]
    [InlineData("{}", "a b c A")]
    [InlineData("""["a"]""", "a b c A")]
    [InlineData("null", "a b c A")]
    public void Parameters_left_out_are_listed_in_the_order_of_the_schema(string arguments, string omitted) =>
        Omitted(Facts(arguments)).Should().Be(omitted);

    [Fact]
    public void An_unknown_function_leaves_nothing_out()
    {
        CallFacts call = Facts("""{"a":1}""", "g");

        call.Function.Should().BeNull();
        call.Arguments.Should().ContainSingle().Which.Parameter.Should().BeNull();
        call.Omitted.Should().BeEmpty();
    }

    [Fact]
    public void Thousands_of_arguments_are_looked_up_as_one_is()
    {
        const int count = 5_000;
        string properties = string.Join(',', Enumerable.Range(0, count).Select(i => $$"""   "p{{i}}":{}   """));
        string arguments = string.Join(',', Enumerable.Range(0, count).Where(i => i % 2 == 0).Select(i => $"\"p{i}\":{i}"));
        var request = new RequestFacts(ToolPrompt.FromUser("x", Tool.Create("f", null, $$"""{"properties":{ {{properties}} } }""")));

        var call = new CallFacts(request, new ToolCall("f", JsonElement.Parse($"{{{arguments}}}")), 0);

        call.Omitted.Should().HaveCount(count / 2);
        call.Find("p4998")!.Value.GetInt32().Should().Be(4_998);
    }
}
