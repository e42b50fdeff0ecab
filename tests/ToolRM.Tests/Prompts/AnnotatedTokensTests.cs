using System.Text;
using System.Text.Json.Nodes;
using ToolRM.Prompts;
using ToolRM.Verification;

namespace ToolRM.Tests.Prompts;

/// <summary>Control tokens of the annotated template with requests put together at random; a failure names its seed.</summary>
public class AnnotatedTokensTests
{
    private const int Requests = 400;

    private static readonly string[] _pieces =
    [
        "Paris", "weather", "weathers", "<|end|>", "<|g_exact|>", "<|near|>", "<|call|>", "<|", "|>", "two", "3", "2.5",
        "-7", "12%", "😀", "ß", "a", "_", "\"",
        "New York", "true", "none", "2024-05-06", "tomorrow", "7:30 pm", "\n", "\u0301", "not", "the", "EUR", "euros",
        "<city>", "city", "1 for Oslo", "e.g. 'Oslo'",
        "default is Paris", "MM/DD/YYYY", "北京",
    ];

    private static readonly string[] _types = ["string", "integer", "number", "boolean", "array", "object", "null", "any"];

    private static string SomeText(Random random) =>
        string.Join(' ', Enumerable.Range(0, random.Next(9)).Select(_ => _pieces[random.Next(_pieces.Length)]));

    private static JsonNode? SomeValue(Random random, int depth = 2) => random.Next(depth > 0 ? 9 : 6) switch
    {
        0 => JsonValue.Create(random.Next(-5, 60)),
        1 => JsonNode.Parse("2.50"),
        2 => JsonValue.Create(random.Next(2) == 0),
        3 => null,
        4 or 5 => JsonValue.Create(SomeText(random)),
        6 => new JsonObject { ["lat"] = SomeValue(random, depth - 1) },
        _ => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => SomeValue(random, depth - 1))]),
    };

    private static Tool SomeTool(Random random, string name)
    {
        var properties = new JsonObject();
        foreach (string parameter in (string[])["city", "days", "<|call|>", "unit", "q"])
        {
            var schema = new JsonObject { ["type"] = _types[random.Next(_types.Length)], ["description"] = SomeText(random) };
            if (random.Next(3) == 0)
            {
                schema["enum"] = new JsonArray(SomeValue(random), SomeValue(random));
            }

            if (random.Next(3) == 0)
            {
                schema["default"] = SomeValue(random);
            }

            properties[parameter] = schema;
        }

        var parameters = new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = new JsonArray("city", "q") };
        return Tool.Create(name, SomeText(random), parameters.ToJsonString());
    }

    private static ToolCall SomeCall(Random random)
    {
        string[] names = ["f", "get_weather", "<|end|>", "none"];
        var arguments = new JsonObject();
        foreach (string parameter in ((string[])["city", "days", "<|call|>", "unit", "q", "new<|value|>"]).Where(_ => random.Next(2) == 0))
        {
            arguments[parameter] = SomeValue(random);
        }

        return ToolCall.Create(names[random.Next(names.Length)], arguments);
    }

    private static (ToolPrompt Prompt, Candidate Candidate) SomeRequest(Random random)
    {
        ChatMessage[] messages =
        [
            .. Enumerable.Range(0, random.Next(4)).Select(_ => new ChatMessage((ChatRole)random.Next(4), SomeText(random))),
            ChatMessage.User(SomeText(random)),
        ];
        Tool[] tools = [SomeTool(random, "f"), SomeTool(random, "get_weather"), SomeTool(random, "<|end|>")];
        Candidate candidate = random.Next(8) switch
        {
            0 => Candidate.NoCall,
            1 => Candidate.FromText(SomeText(random)),
            _ => Candidate.FromCalls([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => SomeCall(random))]),
        };
        return (new ToolPrompt(messages, tools), candidate);
    }

    private static Recorder Record(PromptTemplate template, ToolPrompt prompt, Candidate candidate)
    {
        var recorder = new Recorder();
        var request = new RequestFacts(prompt);
        template.WritePrompt(request, recorder);
        template.WriteCandidate(new CandidateFacts(request, candidate), recorder);
        return recorder;
    }

    private static List<int> Encode(PromptTemplate template, ToyTokenizer tokenizer, ToolPrompt prompt, Candidate candidate)
    {
        var ids = new List<int>();
        var request = new RequestFacts(prompt);
        template.EncodePrompt(request, tokenizer, ids);
        template.EncodeCandidate(new CandidateFacts(request, candidate), tokenizer, ids);
        return ids;
    }

    [Fact]
    public void Control_tokens_are_distinct_and_look_like_ones() =>
        AnnotatedTemplate.ControlTokens
            .Should().OnlyHaveUniqueItems().And.OnlyContain(token => token.StartsWith("<|") && token.EndsWith("|>"));

    [Fact]
    public void Everything_written_as_a_control_token_is_required_and_a_token_of_the_tokenizer()
    {
        var template = new AnnotatedTemplate();
        string[] required = [.. template.RequiredTokens];
        var tokenizer = new ToyTokenizer(required);
        for (int seed = 0; seed < Requests; seed++)
        {
            (ToolPrompt prompt, Candidate candidate) = SomeRequest(new Random(seed));
            Recorder recorder = Record(template, prompt, candidate);

            recorder.Controls.Should().BeSubsetOf(required, $"of seed {seed}");
            IEnumerable<string> tokens = Encode(template, tokenizer, prompt, candidate)
                .Where(id => id <= required.Length)
                .Select(id => required[id - 1]);
            tokens.Should().Equal(recorder.Controls, $"nothing in texts is read as a token, of seed {seed}");
        }
    }

    [Fact]
    public void Every_token_has_requests_in_which_it_is_written()
    {
        const string user = "in Austin at 7:30 pm without breakfast for 20 euros";
        Tool tool = Tool.Create("book", null, """
            {"properties":{"city":{"type":"string","description":"City and state, e.g. Boston, MA"},"town":{"type":"string"},"time":{"type":"string"},
            "money":{"type":"string","description":"Currency code"},"breakfast":{"type":"boolean"},"list":{"type":"array","items":{"type":"string"}},
            "box":{"type":"object","properties":{"lat":{"type":"number"}},"required":["lat"],"additionalProperties":false}}}
            """);
        (string Token, string Arguments)[] rare =
        [
            ("<|g_other_case|>", """{"town":"AUSTIN"}"""), ("<|g_demanded_suffix|>", """{"city":"Austin, TX"}"""),
            ("<|g_added_suffix|>", """{"town":"Austin, TX"}"""),
            ("<|g_time|>", """{"time":"19:30"}"""), ("<|g_other_time|>", """{"time":"08:15"}"""), ("<|g_alias|>", """{"money":"EUR"}"""),
            ("<|g_false_mentioned|>", """{"breakfast":false}"""), ("<|some_grounded|>", """{"list":["Austin","EUR"]}"""),
            ("<|x_unexpected_property|>", """{"box":{"lat":1,"lon":1}}"""), ("<|x_missing_property|>", """{"box":{}}"""),
        ];
        var written = new HashSet<string>();
        foreach ((string token, string arguments) in rare)
        {
            Recorder recorder = Record(
                new AnnotatedTemplate(), ToolPrompt.FromUser(user, tool), Candidate.FromCalls(ToolCall.Parse("book", arguments)));

            recorder.Controls.Should().Contain(token, $"of {arguments}");
            written.UnionWith(recorder.Controls);
        }

        for (int seed = 0; seed < Requests; seed++)
        {
            (ToolPrompt prompt, Candidate candidate) = SomeRequest(new Random(seed));
            written.UnionWith(Record(new AnnotatedTemplate(), prompt, candidate).Controls);
        }

        // What contradicts nothing has no token.
        AnnotatedTemplate.ControlTokens.Except(written).Should().BeSubsetOf(["<|x_none|>"]);
    }

    [Fact]
    public void A_cipher_changes_no_control_token()
    {
        for (int seed = 0; seed < Requests; seed++)
        {
            (ToolPrompt prompt, Candidate candidate) = SomeRequest(new Random(seed));

            Record(new AnnotatedTemplate(new NameCipher((ulong)seed)), prompt, candidate).Controls
                .Should().Equal(Record(new AnnotatedTemplate(), prompt, candidate).Controls, $"of seed {seed}");
        }
    }

    [Fact]
    public void Texts_stay_short_whatever_is_said_and_called()
    {
        string huge = string.Concat(Enumerable.Repeat("<|end|> Paris, 3 \"x\" ", 5_000));
        Tool tool = Tool.Create(
            "f",
            huge,
            new JsonObject
            {
                ["properties"] = new JsonObject
                {
                    ["a"] = new JsonObject { ["description"] = huge, ["enum"] = new JsonArray(huge), ["default"] = huge },
                },
            }.ToJsonString());
        Candidate candidate = Candidate.FromCalls(
            ToolCall.Create("f", new JsonObject { ["a"] = huge }), ToolCall.Create("f", new JsonObject { ["a"] = new JsonArray(huge, huge) }));

        Recorder recorder = Record(new AnnotatedTemplate(), ToolPrompt.FromUser(huge, tool), candidate);

        recorder.Written.Length.Should().BeLessThan(2_000);
        recorder.Controls.Should().HaveCountLessThan(30);
        Record(new AnnotatedTemplate(), ToolPrompt.FromUser(huge, tool), Candidate.FromText(huge)).Written.Length
            .Should().BeLessThan(1_000);
    }

    [Fact]
    public void Deep_values_are_written()
    {
        string deep = new string('[', 100) + new string(']', 100);
        ToolCall call = ToolCall.Parse("f", $$"""{"a":{{deep}}}""");

        Record(new AnnotatedTemplate(), ToolPrompt.FromUser("x", Tool.Create("f", null)), Candidate.FromCalls(call))
            .Controls
                .Should().Equal("<|tool|>", "<|user|>", "<|answer|>", "<|call|>", "<|unexpected|>", "<|value|>", "<|list|>", "<|g_none|>", "<|end|>");
    }

    private sealed class Recorder : PromptWriter
    {
        private readonly StringBuilder _text = new();

        public List<string> Controls { get; } = [];

        public string Written => _text.ToString();

        public override void Control(string token) => Controls.Add(token);

        public override void Text(ReadOnlySpan<char> text) => _text.Append(text);
    }
}
