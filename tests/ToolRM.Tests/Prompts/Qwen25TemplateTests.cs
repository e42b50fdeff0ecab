using ToolRM.Prompts;
using ToolRM.Verification;

namespace ToolRM.Tests.Prompts;

public class Qwen25TemplateTests
{
    private static readonly PromptTemplate _template = PromptTemplate.Get("qwen2.5");

    private static readonly Tool[] _tools =
    [
        Tool.Create("get_weather", "Weather of a \"city\"", """{"type":"object","properties":{"city":{"type":"string","default":"Zürich"}},"required":["city"]}"""),
        Tool.Create("now", null),
    ];

    [Fact]
    public void A_conversation_with_tools_is_rendered_as_by_the_published_template()
    {
        var prompt = new ToolPrompt(
            [
                ChatMessage.System("Be brief."),
                ChatMessage.User("Weather in Zürich and Paris?"),
                new(ChatRole.Assistant, "Looking.")
                {
                    ToolCalls = [ToolCall.Parse("get_weather", """{"city":"Zürich","days":[1,2.50]}"""), ToolCall.Parse("get_weather", """{"city":"Paris"}""")],
                },
                ChatMessage.Tool("18"),
                ChatMessage.Tool("21"),
                ChatMessage.System("Now in French."),
                ChatMessage.User("Merci. Et à Rome ?"),
            ],
            _tools);
        var candidate = Candidate.FromCalls(ToolCall.Parse("get_weather", """{"city":"Rome"}"""), ToolCall.Parse("now", "{}"));

        _template.Render(prompt, candidate).Should().Be(
            """
            <|im_start|>system
            Be brief.

            # Tools

            You may call one or more functions to assist with the user query.

            You are provided with function signatures within <tools></tools> XML tags:
            <tools>
            {"type": "function", "function": {"name": "get_weather", "description": "Weather of a \"city\"", "parameters": {"type": "object", "properties": {"city": {"type": "string", "default": "Zürich"}}, "required": ["city"]}}}
            {"type": "function", "function": {"name": "now"}}
            </tools>

            For each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:
            <tool_call>
            {"name": <function-name>, "arguments": <args-json-object>}
            </tool_call><|im_end|>
            <|im_start|>user
            Weather in Zürich and Paris?<|im_end|>
            <|im_start|>assistant
            Looking.
            <tool_call>
            {"name": "get_weather", "arguments": {"city": "Zürich", "days": [1, 2.5]}}
            </tool_call>
            <tool_call>
            {"name": "get_weather", "arguments": {"city": "Paris"}}
            </tool_call><|im_end|>
            <|im_start|>user
            <tool_response>
            18
            </tool_response>
            <tool_response>
            21
            </tool_response><|im_end|>
            <|im_start|>system
            Now in French.<|im_end|>
            <|im_start|>user
            Merci. Et à Rome ?<|im_end|>
            <|im_start|>assistant
            <tool_call>
            {"name": "get_weather", "arguments": {"city": "Rome"}}
            </tool_call>
            <tool_call>
            {"name": "now", "arguments": {}}
            </tool_call><|im_end|>

            """);
    }

    [Fact]
    public void Without_a_system_message_the_default_one_is_used()
    {
        _template.Render(ToolPrompt.FromUser("Hi"), Candidate.FromText("Hello!")).Should().Be(
            """
            <|im_start|>system
            You are Qwen, created by Alibaba Cloud. You are a helpful assistant.<|im_end|>
            <|im_start|>user
            Hi<|im_end|>
            <|im_start|>assistant
            Hello!<|im_end|>

            """);
        _template.Render(ToolPrompt.FromUser("Hi", _tools), Candidate.NoCall).Should().StartWith(
            "<|im_start|>system\nYou are Qwen, created by Alibaba Cloud. You are a helpful assistant.\n\n# Tools\n\nYou may");
    }

    [Fact]
    public void The_no_call_answer_is_an_empty_turn() =>
        _template.Render(ToolPrompt.FromUser("Hi"), Candidate.NoCall).Should().EndWith("<|im_end|>\n<|im_start|>assistant\n<|im_end|>\n");

    [Fact]
    public void The_prompt_ends_where_the_assistant_begins()
    {
        var writer = new StringPromptWriter();

        _template.WritePrompt(new RequestFacts(ToolPrompt.FromUser("Hi")), writer);

        writer.ToString().Should().EndWith("Hi<|im_end|>\n<|im_start|>");
    }
}
