namespace ToolRM.Tests.ToolCalls;

public class CandidateTests
{
    private static readonly ToolCall _f = ToolCall.Parse("f", """{"a":1}""");
    private static readonly ToolCall _g = ToolCall.Parse("g", "{}");

    [Theory]
    [InlineData("""{"role":"assistant","content":null,"tool_calls":[{"type":"function","function":{"name":"f","arguments":"{\"a\":1}"}}]}""")]
    [InlineData("""{"role":"model","tool_calls":[{"name":"f","arguments":{"a":1}}]}""")]
    [InlineData("""{"content":"","tool_calls":[{"name":"f","arguments":{"a":1}}]}""")]
    [InlineData("""{"content":null,"function_call":{"name":"f","arguments":"{\"a\":1}"}}""")]
    [InlineData("""[{"role":"assistant","tool_calls":[{"name":"f","arguments":{"a":1}}]}]""")]
    [InlineData("""[{"name":"f","arguments":{"a":1}}]""")]
    [InlineData("""[{"f":{"a":1}}]""")]
    [InlineData("""{"f":{"a":1}}""")]
    [InlineData("""{"name":"f","parameters":{"a":1}}""")]
    [InlineData("""{"calls":[{"name":"f","arguments":{"a":1}}]}""")]
    [InlineData("""{"calls":[{"name":"f","arguments":{"a":1}}],"text":null,"correct":true}""")]
    public void FromJson_reads_every_shape_of_a_call(string json) => Candidate.FromJson(json).Should().Be(Candidate.FromCalls(_f));

    [Theory]
    [InlineData("[]")]
    [InlineData("\"\"")]
    [InlineData("\" \\n\"")]
    [InlineData("""{"role":"assistant","content":null}""")]
    [InlineData("""{"role":"assistant","content":"","tool_calls":[]}""")]
    [InlineData("""{"calls":[]}""")]
    [InlineData("""{"calls":[],"text":""}""")]
    public void FromJson_reads_every_shape_of_no_call(string json)
    {
        Candidate.FromJson(json).Should().Be(Candidate.NoCall);
        Candidate.FromJson(json).IsNoCall.Should().BeTrue();
    }

    [Theory]
    [InlineData("\"Which city?\"")]
    [InlineData("""{"role":"assistant","content":"Which city?"}""")]
    [InlineData("""{"role":"assistant","content":[{"type":"text","text":"Which city?"}],"tool_calls":[]}""")]
    [InlineData("""{"text":"Which city?"}""")]
    [InlineData("""{"content":"Which city?"}""")]
    public void FromJson_reads_every_shape_of_a_text(string json) => Candidate.FromJson(json).Should().Be(Candidate.FromText("Which city?"));

    [Fact]
    public void FromJson_reads_parallel_calls_in_their_order()
    {
        Candidate.FromJson("""[{"f":{"a":1}},{"g":{}}]""").Calls.Should().Equal(_f, _g);
        Candidate.FromJson("""[{"f":{"a":1}},{"g":{}}]""").Should().NotBe(Candidate.FromCalls(_g, _f));
    }

    [Fact]
    public void FromJson_reads_functions_whose_names_are_those_of_columns()
    {
        Candidate.FromJson("""[{"text":{"a":1}}]""").Calls[0].Name.Should().Be("text");
        Candidate.FromJson("""{"content":{"a":1}}""").Calls[0].Name.Should().Be("content");
        Candidate.FromJson("""{"calls":{"a":1}}""").Calls[0].Name.Should().Be("calls");
        Candidate.FromJson("""[{"role":{"a":1}}]""").Calls[0].Name.Should().Be("role");
    }

    [Theory]
    [InlineData("null", "$: expected an assistant message, *found null")]
    [InlineData("""{"role":"user","content":"x"}""", "$.role: expected 'assistant' *, found the string 'user'")]
    [InlineData("""[{"role":"assistant","content":"a"},{"role":"assistant","content":"b"}]""", "$: expected a single assistant message*")]
    [InlineData("""[{"f":{}},5]""", "$[1]: expected a tool call object, found the number 5")]
    [InlineData("""{"calls":[{"f":{}},{}]}""", "$.calls[1]: expected a tool call*")]
    public void FromJson_names_the_place_of_an_error(string json, string message)
    {
        Action read = () => Candidate.FromJson(json);

        read.Should().Throw<ToolFormatException>().Which.Message.Should().Match(message);
    }

    [Fact]
    public void ToJson_and_FromJson_round_trip()
    {
        Candidate[] all = [Candidate.NoCall, Candidate.FromText("Hi"), Candidate.FromCalls(_f, _g, _f), Candidate.FromCalls(_f) with { Text = "Let me look." }];

        all.Select(candidate => Candidate.FromJson(candidate.ToJson())).Should().Equal(all);
        Candidate.NoCall.ToJson().Should().Be("""{"role":"assistant","content":null}""");
    }
}
