namespace ToolRM.Tests.ToolCalls;

public class ChatMessageTests
{
    [Theory]
    [InlineData("system", ChatRole.System)]
    [InlineData("developer", ChatRole.System)]
    [InlineData("user", ChatRole.User)]
    [InlineData("assistant", ChatRole.Assistant)]
    [InlineData("model", ChatRole.Assistant)]
    [InlineData("tool", ChatRole.Tool)]
    [InlineData("function", ChatRole.Tool)]
    public void FromJson_reads_every_role(string role, ChatRole expected) =>
        ChatMessage.FromJson($$"""{"role":"{{role}}","content":"hi"}""").Should().Be(new ChatMessage(expected, "hi"));

    [Theory]
    [InlineData("""{"role":"user","content":null}""", null)]
    [InlineData("""{"role":"user"}""", null)]
    [InlineData("""{"role":"user","content":""}""", "")]
    [InlineData("""{"role":"user","content":[{"type":"text","text":"Hello, "},{"type":"text","text":"world"}]}""", "Hello, world")]
    [InlineData("""{"role":"user","content":["a","b"]}""", "ab")]
    [InlineData("""{"role":"user","content":[]}""", "")]
    [InlineData("""{"role":"assistant","content":null,"refusal":"I cannot."}""", "I cannot.")]
    public void FromJson_reads_every_form_of_content(string json, string? content) => ChatMessage.FromJson(json).Content.Should().Be(content);

    [Fact]
    public void FromJson_reads_calls_and_their_legacy_form()
    {
        var call = ToolCall.Parse("f", """{"a":1}""");

        ChatMessage.FromJson("""{"role":"assistant","content":null,"tool_calls":[{"function":{"name":"f","arguments":"{\"a\":1}"}}]}""")
            .ToolCalls.Should().Equal(call);
        ChatMessage.FromJson("""{"role":"assistant","content":null,"function_call":{"name":"f","arguments":"{\"a\":1}"}}""")
            .ToolCalls.Should().Equal(call);
        ChatMessage.FromJson("""{"role":"assistant","content":"x","tool_calls":null}""").ToolCalls.Should().BeEmpty();
    }

    [Theory]
    [InlineData("""{"content":"x"}""", "$: expected a message with 'role', found an object with 'content'")]
    [InlineData("""{"role":"robot"}""", "$.role: expected 'system', *, found the string 'robot'")]
    [InlineData("""{"role":"user","content":5}""", "$.content: expected a string, null or an array of text parts, found the number 5")]
    [InlineData("""{"role":"user","content":[{"type":"text","text":"a"},{"type":"image_url","image_url":{}}]}""", "$.content[1]: expected a text part*")]
    [InlineData("""{"role":"assistant","tool_calls":[{"name":"f","arguments":{}},{"name":"g"}]}""", "$.tool_calls[1]: expected 'arguments'*")]
    [InlineData("""{"role":"tool","content":"x","tool_call_id":4}""", "$.tool_call_id: expected a string, found the number 4")]
    public void FromJson_names_the_place_of_an_error(string json, string message)
    {
        Action read = () => ChatMessage.FromJson(json);

        read.Should().Throw<ToolFormatException>().Which.Message.Should().Match(message);
    }

    [Fact]
    public void ToJson_and_FromJson_round_trip()
    {
        ChatMessage[] messages =
        [
            ChatMessage.System("Sei höflich. 🙂"),
            ChatMessage.User("line\nbreak \"quoted\""),
            new(ChatRole.Assistant, null) { ToolCalls = [ToolCall.Parse("f", "{}") with { Id = "c1" }] },
            ChatMessage.Tool("42", "c1") with { Name = "f" },
            new(ChatRole.User, null),
        ];

        messages.Select(message => ChatMessage.FromJson(message.ToJson())).Should().Equal(messages);
    }

    [Fact]
    public void ToJson_keeps_text_of_any_script_readable() =>
        ChatMessage.User("Zürich 東京 <b>").ToJson().Should().Be("""{"role":"user","content":"Zürich 東京 <b>"}""");
}
