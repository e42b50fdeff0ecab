namespace ToolRM.Tests.ToolCalls;

public class ToolPromptTests
{
    [Fact]
    public void ToJson_and_FromJson_round_trip()
    {
        var prompt = new ToolPrompt(
            [ChatMessage.System("Be brief."), ChatMessage.User("Weather?")],
            [Tool.Create("get_weather", "Weather", """{"type":"object"}"""), Tool.Create("now", null)]);

        ToolPrompt.FromJson(prompt.ToJson()).Should().Be(prompt);
        ToolPrompt.FromJson(prompt.ToJson()).GetHashCode().Should().Be(prompt.GetHashCode());
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}]}""")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"hi"}],"tools":null}""")]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}],"tools":"[]","temperature":0}""")]
    public void FromJson_reads_a_request_without_tools(string json) => ToolPrompt.FromJson(json).Should().Be(ToolPrompt.FromUser("hi"));

    [Theory]
    [InlineData("[]", "$: expected an object with 'messages' and 'tools', found an array []")]
    [InlineData("""{"tools":[]}""", "$: expected 'messages', found an object with 'tools'")]
    [InlineData("""{"messages":[]}""", "$.messages: expected a non-empty array of messages, found an array []")]
    [InlineData("""{"messages":[{"role":"user"},{"role":"x"}]}""", "$.messages[1].role: expected*")]
    [InlineData("""{"messages":[{"role":"user"}],"tools":[{"name":"a"},{"function":{}}]}""", "$.tools[1].function: expected a tool with 'name'*")]
    [InlineData("""{"messages":[{"role":"user"}],"tools":"[{"}""", "$.tools: expected JSON, found '[{' (at byte*")]
    public void FromJson_names_the_place_of_an_error(string json, string message)
    {
        Action read = () => ToolPrompt.FromJson(json);

        read.Should().Throw<ToolFormatException>().Which.Message.Should().Match(message);
    }
}
