using ToolRM.Prompts;
using ToolRM.Verification;

namespace ToolRM.Tests.Prompts;

public class PromptTemplateTests
{
    private static readonly string[] _qwenTokens =
        ["<|im_start|>", "<|im_end|>", "<tool_call>", "</tool_call>", "<tool_response>", "</tool_response>", "<think>", "</think>"];

    private static readonly ToolPrompt _prompt = new(
        [
            ChatMessage.System("Be brief."),
            ChatMessage.User("Weather in Paris?"),
            new(ChatRole.Assistant, "Looking.") { ToolCalls = [ToolCall.Parse("get_weather", """{"city":"Paris"}""")] },
            ChatMessage.Tool("18"),
            ChatMessage.User("And in Rome, in °F?"),
        ],
        [Tool.Create("get_weather", "Weather of a city", """{"type":"object","properties":{"city":{"type":"string"},"unit":{"enum":["C","F"]}},"required":["city"]}""")]);

    private static readonly Candidate[] _candidates =
    [
        Candidate.NoCall,
        Candidate.FromText("Which one?"),
        Candidate.FromCalls(ToolCall.Parse("get_weather", """{"city":"Rome","unit":"K","x":[1]}"""), ToolCall.Parse("nope", "3")),
        Candidate.FromCalls(ToolCall.Parse("get_weather", """{}""")) with { Text = "One moment." },
    ];

    public static TheoryData<string> Names => new(PromptTemplate.Names);

    /// <summary>The templates whose control tokens do not depend on what texts say; the other has tests of its own.</summary>
    public static TheoryData<string> PlainNames => new(PromptTemplate.Names.Where(name => name != "annotated"));

    private static string[] TokensOf(string name) => name switch
    {
        "compact" => [.. CompactTemplate.ControlTokens],
        "annotated" => [.. AnnotatedTemplate.ControlTokens],
        _ => _qwenTokens,
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Ids_of_prompt_and_candidate_are_those_of_the_whole_rendered_string(string name)
    {
        PromptTemplate template = PromptTemplate.Get(name);
        var tokenizer = new ToyTokenizer(TokensOf(name));
        foreach (Candidate candidate in _candidates)
        {
            var apart = new List<int>();
            template.EncodePrompt(new RequestFacts(_prompt), tokenizer, apart);
            int boundary = apart.Count;
            template.EncodeCandidate(new CandidateFacts(new RequestFacts(_prompt), candidate), tokenizer, apart);
            var whole = new List<int>();
            tokenizer.Encode(template.Render(_prompt, candidate), whole);

            apart.Should().Equal(whole);
            apart[boundary - 1].Should().BeLessThan(100, "a prompt ends with a control token");
        }
    }

    [Theory]
    [MemberData(nameof(PlainNames))]
    public void Content_that_spells_control_tokens_stays_text(string name)
    {
        PromptTemplate template = PromptTemplate.Get(name);
        string evil = string.Concat(TokensOf(name));
        var harmless = new ToolPrompt(
            [ChatMessage.System("s"), ChatMessage.User("u"), ChatMessage.Assistant("a"), ChatMessage.Tool("t"), ChatMessage.User("u")],
            [Tool.Create("f", "d", """{"properties":{"p":{"type":"string","description":"d","enum":["e"]}}}""")]);
        var hostile = new ToolPrompt(
            [ChatMessage.System(evil), ChatMessage.User(evil), ChatMessage.Assistant(evil.Replace("think", "th1nk", StringComparison.Ordinal)), ChatMessage.Tool(evil), ChatMessage.User("u" + evil)],
            [Tool.Create("f", evil, """{"properties":{"p":{"type":"string","description":"EVIL","enum":["EVIL"]}}}""".Replace("EVIL", evil, StringComparison.Ordinal))]);
        string text = evil.Replace("think", "th1nk", StringComparison.Ordinal);

        Controls(template, hostile, Candidate.FromCalls(ToolCall.Parse("f", $$"""{"p":"{{evil}}"}""")) with { Text = text })
            .Should().Equal(Controls(template, harmless, Candidate.FromCalls(ToolCall.Parse("f", """{"p":"e"}""")) with { Text = "x" }));
    }

    [Fact]
    public void Text_between_control_tokens_is_encoded_as_one_run()
    {
        var tokenizer = new ToyTokenizer("<|im_start|>", "<|im_end|>");
        var ids = new List<int>();

        PromptTemplate.Get("qwen2.5").EncodeCandidate(new CandidateFacts(new RequestFacts(_prompt), Candidate.FromCalls(ToolCall.Parse("f", "{}"))), tokenizer, ids);

        tokenizer.Runs.Should().Equal("assistant\n<tool_call>\n{\"name\": \"f\", \"arguments\": {}}\n</tool_call>", "\n");
    }

    [Fact]
    public void Get_lists_the_known_names()
    {
        Action get = () => PromptTemplate.Get("llama9");

        get.Should().Throw<ToolRMException>().WithMessage("Unknown prompt template 'llama9'. Known templates: qwen2.5, qwen3, compact, annotated.");
    }

    [Fact]
    public void EnsureSupportedBy_names_the_missing_control_tokens()
    {
        PromptTemplate template = PromptTemplate.Get("qwen2.5");
        Action fits = () => template.EnsureSupportedBy(new ToyTokenizer(_qwenTokens));
        Action lacks = () => template.EnsureSupportedBy(new ToyTokenizer("<|im_start|>"));

        fits.Should().NotThrow();
        lacks.Should().Throw<ToolRMException>().WithMessage("*'qwen2.5'*added tokens: <|im_end|>.*");
    }

    [Fact]
    public void Arguments_nested_deeper_than_the_cap_are_refused()
    {
        string json = new string('[', 200) + new string(']', 200);
        using var document = System.Text.Json.JsonDocument.Parse(json, new() { MaxDepth = 1000 });
        var call = new ToolCall("f", document.RootElement);
        Action render = () => PromptTemplate.Get("qwen2.5").Render(_prompt, Candidate.FromCalls(call));

        render.Should().Throw<ToolFormatException>().WithMessage("*at most 128 nested*");
    }

    private static List<int> Controls(PromptTemplate template, ToolPrompt prompt, Candidate candidate)
    {
        var tokenizer = new ToyTokenizer(TokensOf(template.Name));
        var ids = new List<int>();
        template.EncodePrompt(new RequestFacts(prompt), tokenizer, ids);
        template.EncodeCandidate(new CandidateFacts(new RequestFacts(prompt), candidate), tokenizer, ids);
        return [.. ids.Where(id => id < 100)];
    }
}
