using ToolRM.Prompts;
using ToolRM.Verification;

namespace ToolRM.Tests.Prompts;

/// <summary>How the annotated template writes calls.</summary>
public class AnnotatedCallTests
{
    private const string Question = "What is the weather in Paris for 3 days?";
    private const string City = "<|req|> city string: Name of the city<|value|><|str|> Paris<|g_exact|><|near|> the weather in _ for 3 ";
    private const string Days = "<|req|> days integer: How many days ahead<|value|><|num|> 3<|g_number|><|named|><|near|> in paris for _ days ";
    private const string Omitted = "<|omitted|> unit<|omitted|> tags<|omitted|> deep: Whether to go deep<|omitted|> place<|omitted|> system";

    private static readonly Tool[] _tools =
    [
        Tool.Create("get_weather", "Current weather of a city.", """
            {"type":"object","properties":{
                "city":{"type":"string","description":"Name of\n  the city"},
                "days":{"type":"integer","description":"How many days ahead"},
                "unit":{"type":"string","enum":["C","F"]},
                "tags":{"type":"array","items":{"type":"string"}},
                "deep":{"type":"boolean","description":"Whether to go deep"},
                "place":{"type":"object","properties":{"lat":{"type":"number"}},"required":["lat"]},
                "system":{"type":"string","default":"metric"}
            },"required":["city","days"]}
            """),
        Tool.Create("now", null),
    ];

    private static string Render(string user, IReadOnlyList<Tool> tools, params ToolCall[] calls)
    {
        var writer = new StringPromptWriter();
        new AnnotatedTemplate().WriteCandidate(
            new CandidateFacts(new RequestFacts(ToolPrompt.FromUser(user, tools)), Candidate.FromCalls(calls)), writer);
        return writer.ToString();
    }

    private static string Render(string arguments) => Render(Question, _tools, ToolCall.Parse("get_weather", arguments));

    [Fact]
    public void Candidates_that_go_on_and_on_are_cut_after_their_beginning()
    {
        string arguments = "{" + string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"\"argument_{i}\":{i}")) + "}";
        string longName = new('x', 10_000);

        foreach (string text in (string[])
        [
            Render(arguments),
            Render(Question, _tools, [.. Enumerable.Repeat(ToolCall.Parse("get_weather", """{"city":"Paris","days":3}"""), 5_000)]),
            Render(Question, _tools, [.. Enumerable.Repeat(ToolCall.Parse(longName, "{}"), 5_000)]),
            Render($"{{\"{longName}\":1}}"),
        ])
        {
            text.Length.Should().BeLessThan(20_000);
            text.Should().EndWith("<|end|>");
        }
    }

    [Fact]
    public void Twenty_calls_are_written_whole() =>
        Render(Question, _tools, [.. Enumerable.Repeat(ToolCall.Parse("get_weather", """{"city":"Paris","days":3}"""), 20)])
            .Split("<|call|>").Should().HaveCount(21);

    [Fact]
    public void A_call_shows_its_values_in_the_order_of_the_schema_then_what_it_leaves_out() =>
        Render("""{"days":3,"city":"Paris"}""")
            .Should().Be($"<|call|> get_weather<|desc|> Current weather of a city.{City}{Days}{Omitted}<|end|>");

    [Theory]
    [InlineData("""{"city":"Paris","days":"3"}""", "<|value|><|str|> 3<|g_exact|><|x_string_for_number|><|named|><|near|> in paris for _ days <")]
    [InlineData("""{"city":"Paris","days":3.0}""", "<|value|><|num|> 3.0<|g_number|><|x_fraction_for_integer|><|named|><|near|> in paris for _ days <")]
    [InlineData("""{"city":"Paris","days":2.5}""", "<|value|><|num|> 2.5<|g_other_number|><|x_fraction_for_integer|><|named|><|omitted|>")]
    [InlineData("""{"city":"Paris","days":true}""", "<|value|><|true|><|g_true_mentioned|><|x_boolean_for_number|><|named|><|omitted|>")]
    [InlineData("""{"city":"Paris","days":[]}""", "<|value|><|list|> []<|g_empty|><|x_structure_for_scalar|><|named|><|omitted|>")]
    [InlineData("""{"city":null,"days":3}""", "<|value|><|null|><|g_placeholder|><|x_null|><|req|>")]
    [InlineData("""{"city":5,"days":3}""", "<|value|><|num|> 5<|g_other_number|><|x_not_a_string|><|req|>")]
    [InlineData("""{"city":["Paris"],"days":3}""", "<|value|><|list|> [\"Paris\"]<|g_exact|><|x_not_a_string|><|near|> the weather in _ for 3 <|req|>")]
    [InlineData("""{"city":"Rome","days":3}""", "<|value|><|str|> Rome<|g_none|><|req|>")]
    [InlineData("""{"city":"","days":3}""", "<|value|><|str|><|g_empty|><|req|>")]
    [InlineData("""{"unit":"F"}""", "<|opt|> unit string<|enum|> C, F<|value|><|str|> F<|g_enum_other|><|missing|>")]
    [InlineData("""{"unit":"K"}""", "<|opt|> unit string<|enum|> C, F<|value|><|str|> K<|g_enum_other|><|badenum|><|missing|>")]
    [InlineData("""{"tags":"Paris"}""", "<|opt|> tags array<|value|><|str|> Paris<|g_exact|><|x_not_a_list|><|near|> the weather in _ for 3 <")]
    [InlineData("""{"tags":["Rome",1]}""", "<|value|><|list|> [\"Rome\",1]<|some_ungrounded|><|x_inside|><")]
    [InlineData("""{"deep":"yes"}""", "<|opt|> deep boolean: Whether to go deep<|value|><|str|> yes<|g_none|><|x_scalar_for_boolean|><")]
    [InlineData("""{"deep":false}""", "<|value|><|false|><|g_false_unmentioned|><|isdefault|><")]
    [InlineData("""{"place":"x"}""", "<|opt|> place object<|value|><|str|> x<|g_none|><|x_not_an_object|><")]
    [InlineData("""{"place":{}}""", "<|value|><|obj|> {}<|g_empty|><|x_missing_property|><")]
    [InlineData("""{"system":"metric"}""", "<|opt|> system string<|default|> metric<|value|><|str|> metric<|g_none|><|isdefault|><")]
    public void Values_carry_where_they_come_from_and_how_they_contradict_the_schema(string arguments, string expected) =>
        Render(arguments).Should().Contain(expected);

    [Theory]
    [InlineData("""["Paris","weather"]""", "<|g_exact|><|near|> the weather in _ for 3 <")]
    [InlineData("""["Paris","weathers"]""", "<|some_grounded|><|near|> the weather in _ for 3 <")]
    [InlineData("""["Rome","Paris"]""", "<|some_ungrounded|><")]
    [InlineData("""["Rome","Berlin"]""", "<|g_none|><")]
    [InlineData("""[]""", "<|g_empty|><")]
    public void Several_values_have_one_annotation_and_the_surroundings_of_the_first(string tags, string expected) =>
        Render($$"""{"tags":{{tags}}}""").Should().Contain($"<|value|><|list|> {tags}{expected}");

    [Fact]
    public void Required_parameters_that_are_left_out_are_missing() =>
        Render("""{"tags":["Paris"]}""").Should().Contain(
            "<|missing|> city: Name of the city<|missing|> days: How many days ahead<|named|><|omitted|> unit<|omitted|> deep: Whether to go deep");

    [Fact]
    public void Arguments_that_the_schema_does_not_have_come_last() =>
        Render("""{"where":"Paris","city":"Paris","days":3,"n":null}""").Should().EndWith(
            $"{Days}{Omitted}<|unexpected|> where<|value|><|str|> Paris<|g_exact|><|near|> the weather in _ for 3 "
            + "<|unexpected|> n<|value|><|null|><|g_placeholder|><|end|>");

    [Fact]
    public void Arguments_that_are_no_object_leave_everything_out() =>
        Render("\"Paris\"")
            .Should().StartWith("<|call|> get_weather<|desc|> Current weather of a city.<|missing|> city: Name of the city<|missing|> days");

    [Theory]
    [InlineData("""{"city":"Paris"}""", "<|obj|> {\"city\":\"Paris\"}<|unused|> weather 3 days<|end|>")]
    [InlineData("5", "<|num|> 5<|unused|> weather paris 3 days<|end|>")]
    public void An_unknown_function_shows_its_arguments(string arguments, string expected) =>
        Render(Question, _tools, ToolCall.Parse("get_wether", arguments)).Should().Be("<|unknown|> get_wether" + expected);

    [Fact]
    public void A_later_call_of_a_function_has_names_values_and_annotations_only() =>
        Render(
            Question,
            _tools,
            ToolCall.Parse("get_weather", """{"city":"Paris","days":3}"""),
            ToolCall.Parse("now", "{}"),
            ToolCall.Parse("get_weather", """{"city":"Rome","unit":"K","system":"metric"}""")).Should().EndWith(
            $"{Omitted}<|call|> now<|call|> get_weather<|req|> city<|value|><|str|> Rome<|g_none|>"
            + "<|opt|> unit<|value|><|str|> K<|g_enum_other|><|badenum|><|opt|> system<|value|><|str|> metric<|g_none|><|isdefault|>"
            + "<|missing|> days: How many days ahead<|named|><|end|>");

    [Theory]
    [InlineData("to New York City and New Jersey", "\"New York\"", "<|near|> to _ city and <")]
    [InlineData("to New York City and New Jersey", "\"new jersey\"", "<|near|> york city and _ <")]
    [InlineData("from Oslo back to Oslo again", "\"Oslo\"", "<|near|> oslo back to _ again <")]
    [InlineData("for two nights", "2", "<|near|> for _ nights <")]
    [InlineData("for 2 nights", "\"2\"", "<|near|> for _ nights <")]
    [InlineData("Paris", "\"Paris\"", "<|near|> _ <")]
    [InlineData("one two, three? four! Paris", "\"Paris\"", "<|near|> two three four _ <")]
    public void Values_that_stand_in_the_conversation_have_the_words_around_their_last_place(string user, string value, string expected) =>
        Render(user, _tools, ToolCall.Parse("get_weather", $$"""{"city":{{value}}}""")).Should().Contain(expected);

    [Theory]
    [InlineData("to New York City", "\"New Jersey\"")]
    [InlineData("to New York City", "\"New York State\"")]
    [InlineData("is it true", "true")]
    [InlineData("is it null", "null")]
    [InlineData("to Paris", "{}")]
    [InlineData("to Paris", "\"?\"")]
    [InlineData("to Paris", "\"\"")]
    public void Values_that_do_not_stand_there_as_a_whole_have_no_surroundings(string user, string value) =>
        Render(user, _tools, ToolCall.Parse("get_weather", $$"""{"city":{{value}}}""")).Should().NotContain("<|near|>");

    [Fact]
    public void Texts_are_cut_at_their_limits()
    {
        string words = string.Join(' ', Enumerable.Repeat("wordy", 40));
        Tool tool = Tool.Create("f", words, """
            {"properties":{"alpha":{"type":"string","description":"WORDS","enum":["WORDS"],"default":"WORDS"},
            "beta":{"type":"string","description":"WORDS"}}}
            """.Replace("WORDS", words, StringComparison.Ordinal));

        string Cut(int limit) => words[..(((limit + 1) / 6 * 6) - 1)];
        Render("x y", [tool], ToolCall.Parse("f", $$"""{"alpha":"{{words}}"}""")).Should().Be(
            $"<|call|> f<|desc|> {Cut(AnnotatedCallWriter.FunctionLimit)}<|opt|> alpha string: {Cut(AnnotatedCallWriter.ParameterLimit)}"
            + $"<|enum|> {Cut(AnnotatedCallWriter.EnumLimit)}<|default|> {Cut(AnnotatedCallWriter.DefaultLimit)}"
            + $"<|value|><|str|> {Cut(AnnotatedCallWriter.ValueLimit)}<|g_enum_other|><|isdefault|>"
            + $"<|omitted|> beta: {Cut(AnnotatedCallWriter.OmittedLimit)}<|end|>");
    }

    [Fact]
    public void Ten_optional_parameters_that_are_left_out_are_shown_and_all_required_ones()
    {
        static string Name(int i) => $"param{(char)('a' + i)}";
        string properties = string.Join(',', Enumerable.Range(0, 26).Select(i => $$"""   "{{Name(i)}}":{"type":"string"} """));
        Tool tool = Tool.Create("f", null, $$"""{"properties":{ {{properties}} },"required":["parama","paramy","paramz"]}""");

        Render("x", [tool], ToolCall.Parse("f", "{}")).Should().Be(
            "<|call|> f<|missing|> parama" + string.Concat(Enumerable.Range(1, 10).Select(i => $"<|omitted|> {Name(i)}"))
            + "<|missing|> paramy<|missing|> paramz<|end|>");
    }

    [Fact]
    public void Malformed_schemas_never_fail()
    {
        foreach (string schema in (string[])
            ["null", "5", "{}", """{"properties":[],"required":"x"}""", """{"properties":{"a":null,"b":5},"required":[1,null]}"""])
        {
            var tool = new Tool("f", "", System.Text.Json.JsonElement.Parse(schema));

            Render("x", [tool], ToolCall.Parse("f", """{"a":1}"""))
                .Should().StartWith("<|call|> f<|").And.Contain("a").And.EndWith("<|end|>");
        }
    }
}
