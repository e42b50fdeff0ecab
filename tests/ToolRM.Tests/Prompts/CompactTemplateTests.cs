using ToolRM.Prompts;
using ToolRM.Verification;

namespace ToolRM.Tests.Prompts;

public class CompactTemplateTests
{
    private static readonly PromptTemplate _template = PromptTemplate.Get("compact");

    private static readonly ToolPrompt _prompt = new(
        [
            ChatMessage.System("Today is Monday."),
            ChatMessage.User("Weather?"),
            new(ChatRole.Assistant, "Where?") { ToolCalls = [ToolCall.Parse("where_am_i", """{"precise": true}""")] },
            ChatMessage.Tool("Paris"),
            ChatMessage.User("There, in °F."),
        ],
        [
            Tool.Create("get_weather", "Current weather of a city.", """
                {"type":"object","properties":{
                    "city":{"type":"string","description":"Name of\n  the city"},
                    "days":{"type":"integer","description":"How many days ahead"},
                    "unit":{"type":"string","enum":["C","F"]},
                    "tags":{"type":"array","items":{"type":"string"}}
                },"required":["city","days"]}
                """),
            Tool.Create("now", null),
        ]);

    private static string Render(Candidate candidate)
    {
        var writer = new StringPromptWriter();
        _template.WriteCandidate(new CandidateFacts(new RequestFacts(_prompt), candidate), writer);
        return writer.ToString();
    }

    private static string Render(string arguments) => Render(Candidate.FromCalls(ToolCall.Parse("get_weather", arguments)));

    [Fact]
    public void The_prompt_lists_tools_and_turns()
    {
        var writer = new StringPromptWriter();

        _template.WritePrompt(new RequestFacts(_prompt), writer);

        writer.ToString().Should().Be(
            "<|tools|><|tool|> get_weather: Current weather of a city.<|tool|> now"
            + "<|system|> Today is Monday.<|user|> Weather?<|assistant|> Where?<|call|> where_am_i<|obj|> {\"precise\":true}<|result|> Paris"
            + "<|user|> There, in °F.<|answer|>");
    }

    [Fact]
    public void A_call_shows_each_parameter_beside_its_value() =>
        Render("""{"unit":"F","city":"Paris","days":2}""").Should().Be(
            "<|call|> get_weather<|desc|> Current weather of a city."
            + "<|req|> city string: Name of the city<|value|><|str|> Paris"
            + "<|req|> days integer: How many days ahead<|value|><|num|> 2"
            + "<|opt|> unit string<|enum|> C, F<|value|><|str|> F"
            + "<|opt|> tags array of string<|omitted|><|end|>");

    [Theory]
    [InlineData("""{"city":"Paris","days":"2"}""", "<|value|><|badtype|><|str|> 2")]
    [InlineData("""{"city":"Paris","days":2.5}""", "<|value|><|badtype|><|num|> 2.5")]
    [InlineData("""{"city":"Paris","days":1e400}""", "<|value|><|badtype|><|num|> 1e400")]
    [InlineData("""{"city":"Paris","days":2.0}""", "<|value|><|num|> 2.0")]
    [InlineData("""{"city":null,"days":2}""", "city string: Name of the city<|value|><|badtype|><|null|>")]
    [InlineData("""{"city":"Paris","days":2,"unit":"K"}""", "<|value|><|badenum|><|str|> K")]
    [InlineData("""{"city":"Paris","days":2,"tags":["a", 1]}""", "<|value|><|badtype|><|list|> [\"a\",1]")]
    [InlineData("""{"city":"Paris","days":2,"tags":["a","b"]}""", "<|value|><|list|> [\"a\",\"b\"]")]
    [InlineData("""{"city":"Paris"}""", "<|req|> days integer: How many days ahead<|missing|>")]
    [InlineData("""{"city":"Paris","days":2,"where":{"x": 1}}""", "<|unexpected|> where<|value|><|obj|> {\"x\":1}<|end|>")]
    [InlineData("""{"city":"Paris","days":2,"deep":false}""", "<|unexpected|> deep<|value|><|bool|> false<|end|>")]
    [InlineData("\"Paris\"", "<|badtype|><|str|> Paris<|req|> city string: Name of the city<|missing|>")]
    public void Violations_of_the_schema_are_marked(string arguments, string expected) => Render(arguments).Should().Contain(expected);

    [Fact]
    public void A_second_call_of_a_function_has_names_and_values_only() =>
        Render(Candidate.FromCalls(
            ToolCall.Parse("get_weather", """{"city":"Paris","days":2}"""),
            ToolCall.Parse("now", "{}"),
            ToolCall.Parse("get_weather", """{"city":"Rome"}"""))).Should().EndWith(
            "<|call|> now<|call|> get_weather<|req|> city<|value|><|str|> Rome<|req|> days<|missing|><|end|>");

    [Fact]
    public void An_unknown_function_shows_its_raw_arguments() =>
        Render(Candidate.FromCalls(ToolCall.Parse("get_wether", """{"city": "Paris"}""")))
            .Should().Be("<|unknown|> get_wether<|obj|> {\"city\":\"Paris\"}<|end|>");

    [Fact]
    public void Answers_without_calls_are_told_apart()
    {
        Render(Candidate.NoCall).Should().Be("<|nocall|><|end|>");
        Render(Candidate.FromText("Which city?")).Should().Be("<|text|> Which city?<|end|>");
        Render(Candidate.FromCalls(ToolCall.Parse("now", "{}")) with { Text = "Let me see." })
            .Should().Be("<|text|> Let me see.<|call|> now<|end|>");
    }

    [Fact]
    public void Descriptions_are_shortened_and_values_are_not()
    {
        string words = string.Join(' ', Enumerable.Repeat("wordy", 40));
        Tool tool = Tool.Create("f", words, """
            {"properties":{"a":{"type":"string","description":"WORDS","enum":["WORDS"]},"b":{"type":"string","description":"WORDS"}}}
            """.Replace("WORDS", words, StringComparison.Ordinal));
        var writer = new StringPromptWriter();
        ToolPrompt prompt = ToolPrompt.FromUser(words, tool);

        _template.WritePrompt(new RequestFacts(prompt), writer);
        _template.WriteCandidate(new CandidateFacts(new RequestFacts(prompt), Candidate.FromCalls(ToolCall.Parse("f", $$"""{"a":"{{words}}"}"""))), writer);

        string Cut(int limit) => words[..((limit + 1) / 6 * 6 - 1)];
        writer.ToString().Should().Be(
            $"<|tools|><|tool|> f: {Cut(CompactTemplate.CatalogLimit)}<|user|> {words}<|answer|>"
            + $"<|call|> f<|desc|> {Cut(CompactCallWriter.FunctionLimit)}"
            + $"<|opt|> a string: {Cut(CompactCallWriter.ParameterLimit)}<|enum|> {Cut(CompactCallWriter.EnumLimit)}<|value|><|str|> {words}"
            + $"<|opt|> b string: {Cut(CompactCallWriter.OmittedLimit)}<|omitted|><|end|>");
    }

    [Theory]
    [InlineData("""{"type":["string","null"]}""", "string or null", "null", true)]
    [InlineData("""{"type":"STRING","nullable":true}""", "STRING", "null", true)]
    [InlineData("""{"type":"STRING"}""", "STRING", "1", false)]
    [InlineData("""{"anyOf":[{"type":"integer"},{"type":"string"}]}""", "integer or string", "\"x\"", true)]
    [InlineData("""{"anyOf":[{"type":"integer"},{"type":"string"}]}""", "integer or string", "true", false)]
    [InlineData("""{"type":"array","items":{"type":"array","items":{"type":"integer"}}}""", "array of array of integer", "[[1],[2]]", true)]
    [InlineData("""{"type":"array","items":{"type":"array","items":{"type":"integer"}}}""", "array of array of integer", "[[1],[true]]", false)]
    [InlineData("""{"type":"whatever"}""", "whatever", "1", true)]
    [InlineData("""{}""", "any", "1", true)]
    [InlineData("""true""", "any", "1", true)]
    [InlineData("""{"type":5,"enum":7,"items":[]}""", "any", "1", true)]
    [InlineData("""{"type":"object"}""", "object", "{}", true)]
    [InlineData("""{"type":"boolean"}""", "boolean", "0", false)]
    [InlineData("""{"type":"null"}""", "null", "0", false)]
    public void ParameterSchema_reads_types(string schema, string name, string value, bool isAllowed)
    {
        var parameter = new ParameterSchema(System.Text.Json.JsonElement.Parse(schema));
        System.Text.Json.JsonElement element = System.Text.Json.JsonElement.Parse(value);

        parameter.TypeName.Should().Be(name);
        parameter.AllowsType(element).Should().Be(isAllowed);
        parameter.AllowsValue(element).Should().BeTrue();
    }

    [Theory]
    [InlineData("""{"enum":["a","b"]}""", "\"a\"", true)]
    [InlineData("""{"enum":["a","b"]}""", "\"A\"", false)]
    [InlineData("""{"enum":[1,2]}""", "1.0", true)]
    [InlineData("""{"items":{"enum":["a","b"]}}""", "[\"a\",\"b\"]", true)]
    [InlineData("""{"items":{"enum":["a","b"]}}""", "[\"a\",\"c\"]", false)]
    [InlineData("""{"type":"array","enum":["a","b"]}""", "[\"b\"]", true)]
    public void ParameterSchema_reads_allowed_values(string schema, string value, bool isAllowed) =>
        new ParameterSchema(System.Text.Json.JsonElement.Parse(schema)).AllowsValue(System.Text.Json.JsonElement.Parse(value)).Should().Be(isAllowed);

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"properties":[],"required":"x"}""")]
    [InlineData("""{"properties":{"a":null,"b":5},"required":[1,null]}""")]
    public void Malformed_schemas_never_fail(string schema)
    {
        ToolPrompt prompt = ToolPrompt.FromUser("x", new Tool("f", "", System.Text.Json.JsonElement.Parse(schema)));
        var writer = new StringPromptWriter();

        _template.WriteCandidate(new CandidateFacts(new RequestFacts(prompt), Candidate.FromCalls(ToolCall.Parse("f", """{"a":1}"""))), writer);

        writer.ToString().Should().StartWith("<|call|> f<|").And.EndWith("<|num|> 1" + (schema.Contains("\"b\"", StringComparison.Ordinal) ? "<|opt|> b any<|omitted|>" : "") + "<|end|>");
    }

    [Fact]
    public void Control_tokens_are_distinct() => CompactTemplate.ControlTokens.Should().OnlyHaveUniqueItems().And.OnlyContain(token => token.StartsWith("<|"));
}
