using ToolRM.Prompts;
using ToolRM.Verification;

namespace ToolRM.Tests.Prompts;

/// <summary>The list of tools, the conversation, and answers as a whole; for single calls see <see cref="AnnotatedCallTests"/>.</summary>
public class AnnotatedTemplateTests
{
    private static readonly PromptTemplate _template = PromptTemplate.Get("annotated");

    private static string RenderPrompt(IReadOnlyList<ChatMessage> messages, params IReadOnlyList<Tool> tools)
    {
        var writer = new StringPromptWriter();
        _template.WritePrompt(new RequestFacts(new ToolPrompt(messages, tools)), writer);
        return writer.ToString();
    }

    private static string RenderAnswer(string user, Candidate candidate)
    {
        var writer = new StringPromptWriter();
        var request = new RequestFacts(ToolPrompt.FromUser(user, Tool.Create("now", null)));
        _template.WriteCandidate(new CandidateFacts(request, candidate), writer);
        return writer.ToString();
    }

    private static string Wordy(int count) => string.Join(' ', Enumerable.Repeat("wordy", count));

    [Fact]
    public void Tools_come_first_then_the_messages_in_their_order() =>
        RenderPrompt(
            [
                ChatMessage.System("Today is Monday."),
                ChatMessage.User("Weather?"),
                new(ChatRole.Assistant, "Where?") { ToolCalls = [ToolCall.Parse("where_am_i", "{}")] },
                ChatMessage.Tool("Paris"),
                new(ChatRole.Assistant, null),
                ChatMessage.User("The weather\n  there, please."),
            ],
            Tool.Create("now", null),
            Tool.Create("get_weather", "Current weather of a city.")).Should().Be(
            "<|tool|> get_weather: Current weather of a city.<|tool|> now"
            + "<|system|> Today is Monday.<|user|> Weather?<|assistant|> Where?<|result|> Paris<|assistant|>"
            + "<|user|> The weather there, please.<|answer|>");

    [Fact]
    public void Eight_tools_are_shown_the_best_fitting_first_and_the_others_in_their_order() =>
        RenderPrompt(
            [ChatMessage.User("Open the garage")],
            [.. Enumerable.Range(0, 12).Select(i => Tool.Create($"tool{(char)('a' + i)}", " ")), Tool.Create("open_garage", null)])
                .Should().Be(
            "<|tool|> open_garage" + string.Concat("abcdefg".Select(c => $"<|tool|> tool{c}")) + "<|user|> Open the garage<|answer|>");

    [Fact]
    public void Tools_of_the_same_name_are_shown_once() =>
        RenderPrompt([ChatMessage.User("Hi")], Tool.Create("now", "first"), Tool.Create("now", "second"))
            .Should().Be("<|tool|> now: first<|user|> Hi<|answer|>");

    [Fact]
    public void Descriptions_in_the_list_are_short() =>
        RenderPrompt([ChatMessage.User("Hi")], Tool.Create("f", Wordy(20)))
            .Should().Be($"<|tool|> f: {Wordy(8)}<|user|> Hi<|answer|>");

    [Fact]
    public void The_newest_messages_are_shown_and_the_oldest_of_them_is_cut_at_its_end()
    {
        string newest = Wordy(100), older = "begin " + Wordy(100);

        RenderPrompt([ChatMessage.User("oldest"), ChatMessage.Assistant(older), ChatMessage.User(newest)]).Should().Be(
            $"<|assistant|> begin {Wordy(16)}<|user|> {newest}<|answer|>", "599 of 700 characters leave 101");
        RenderPrompt([ChatMessage.User("begin " + Wordy(150))]).Should().Be($"<|user|> begin {Wordy(115)}<|answer|>");
    }

    [Theory]
    [InlineData(676, true)]
    [InlineData(677, false)]
    public void A_rest_of_less_than_24_characters_is_not_used(int length, bool isUsed)
    {
        string newest = new('x', length);

        RenderPrompt([ChatMessage.System("Be brief"), ChatMessage.User(newest)])
            .Should().Be((isUsed ? "<|system|> Be brief" : "") + $"<|user|> {newest}<|answer|>");
    }

    [Fact]
    public void A_prompt_without_tools_or_messages_is_its_end() => RenderPrompt([]).Should().Be("<|answer|>");

    [Fact]
    public void Answers_without_calls_are_told_apart()
    {
        RenderAnswer("Where to go?", Candidate.NoCall).Should().Be("<|nocall|><|end|>");
        RenderAnswer("Where to go?", Candidate.FromText("Which \n city?")).Should().Be("<|text|> Which city?<|end|>");
        RenderAnswer("Where to go?", Candidate.FromText("")).Should().Be("<|text|><|end|>");
        RenderAnswer("Where to go?", Candidate.FromText(Wordy(50))).Should().Be($"<|text|> {Wordy(26)}<|end|>");
        Wordy(27).Length.Should().BeGreaterThan(AnnotatedTemplate.TextLimit);
    }

    [Fact]
    public void Text_beside_calls_is_not_shown() =>
        RenderAnswer("Now", Candidate.FromCalls(ToolCall.Parse("now", "{}")) with { Text = "Let me see." })
            .Should().Be("<|call|> now<|end|>");

    [Fact]
    public void Eight_words_that_no_call_takes_up_are_shown() =>
        RenderAnswer("Book a table at Luigi, near alpha beta gamma delta epsilon zeta", Candidate.FromCalls(ToolCall.Parse("now", "{}")))
            .Should().Be("<|call|> now<|unused|> book table luigi near alpha beta gamma delta<|end|>");
}
