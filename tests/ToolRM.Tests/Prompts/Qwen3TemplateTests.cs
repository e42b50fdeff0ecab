using ToolRM.Prompts;

namespace ToolRM.Tests.Prompts;

public class Qwen3TemplateTests
{
    private static readonly PromptTemplate _template = PromptTemplate.Get("qwen3");

    [Fact]
    public void Reasoning_is_kept_only_after_the_last_question()
    {
        var prompt = new ToolPrompt(
            [
                ChatMessage.User("One?"),
                ChatMessage.Assistant("<think>\nold\n</think>\n\nFirst."),
                ChatMessage.User("Two?"),
                new(ChatRole.Assistant, "<think>\nnew\n</think>\n\n") { ToolCalls = [ToolCall.Parse("f", """{"a":1}""")] },
                ChatMessage.Tool("ok"),
            ],
            []);
        var candidate = Candidate.FromCalls(ToolCall.Parse("f", """{"a":2}"""), ToolCall.Parse("g", "\"raw\"")) with { Text = "Again." };

        _template.Render(prompt, candidate).Should().Be(
            """
            <|im_start|>user
            One?<|im_end|>
            <|im_start|>assistant
            First.<|im_end|>
            <|im_start|>user
            Two?<|im_end|>
            <|im_start|>assistant
            <think>
            new
            </think>

            <tool_call>
            {"name": "f", "arguments": {"a": 1}}
            </tool_call><|im_end|>
            <|im_start|>user
            <tool_response>
            ok
            </tool_response><|im_end|>
            <|im_start|>assistant
            <think>

            </think>

            Again.
            <tool_call>
            {"name": "f", "arguments": {"a": 2}}
            </tool_call>
            <tool_call>
            {"name": "g", "arguments": raw}
            </tool_call><|im_end|>

            """);
    }

    [Fact]
    public void A_candidate_shows_its_own_reasoning() =>
        _template.Render(ToolPrompt.FromUser("Hi"), Candidate.FromText("<think>\nhm\n</think>\n\nYes")).Should().Be(
            "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n<think>\nhm\n</think>\n\nYes<|im_end|>\n");

    [Fact]
    public void Tools_begin_the_system_turn_if_there_is_no_system_message()
    {
        Tool tool = Tool.Create("now", "Time");

        _template.Render(ToolPrompt.FromUser("Hi", tool), Candidate.NoCall).Should().StartWith("<|im_start|>system\n# Tools\n\nYou may call");
        _template.Render(new ToolPrompt([ChatMessage.System("Be brief."), ChatMessage.User("Hi")], [tool]), Candidate.NoCall)
            .Should().StartWith("<|im_start|>system\nBe brief.\n\n# Tools\n\nYou may call");
        _template.Render(new ToolPrompt([ChatMessage.System("Be brief."), ChatMessage.User("Hi")], []), Candidate.NoCall)
            .Should().StartWith("<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHi");
    }

    [Fact]
    public void A_tool_result_in_a_user_message_is_no_question()
    {
        var prompt = new ToolPrompt(
            [ChatMessage.User("One?"), ChatMessage.Assistant("<think>a</think>b"), ChatMessage.User("<tool_response>\nx\n</tool_response>")], []);

        _template.Render(prompt, Candidate.NoCall).Should().Contain("assistant\n<think>\na\n</think>\n\nb<|im_end|>");
    }

    [Fact]
    public void Without_any_question_no_think_block_is_added() =>
        _template.Render(new ToolPrompt([ChatMessage.System("s")], []), Candidate.FromText("x"))
            .Should().Be("<|im_start|>system\ns<|im_end|>\n<|im_start|>assistant\nx<|im_end|>\n");
}
