using ToolRM.Data;

namespace ToolRM.Tests.Data;

public class PreferenceDatasetTests
{
    private static readonly ToolCall _paris = ToolCall.Parse("get_weather", """{"city":"Paris"}""");
    private static readonly ToolCall _rome = ToolCall.Parse("get_weather", """{"city":"Rome"}""");
    private static readonly Tool _tool = Tool.Create("get_weather", "Weather", """{"type":"object","properties":{"city":{"type":"string"}}}""");
    private static readonly ToolPrompt _prompt = ToolPrompt.FromUser("Weather in Paris?", _tool);

    private const string ToolJson = """[{"name":"get_weather","description":"Weather","parameters":{"type":"object","properties":{"city":{"type":"string"}}}}]""";
    private const string ToolText = """ "[{\"name\":\"get_weather\",\"description\":\"Weather\",\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}}]" """;

    [Fact]
    public async Task ToolRM_train_data_is_read()
    {
        PreferencePair pair = await Rows.ReadOneAsync($$$$$"""
            {"uuid":"u-1","dataset_name":"made-up","conversation":[{"role":"user","content":"Weather in Paris?"}],"tools":{{{{{ToolText}}}}},"tool_calls_correct":"[{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Paris\"}}]","tool_calls_incorrect":"[{\"get_weather\": {\"city\": \"Rome\"}}]","generator_model":"m","error_type":"Parameter value error"}
            """.Trim());

        pair.Should().Be(new PreferencePair("u-1", _prompt, Candidate.FromCalls(_paris), Candidate.FromCalls(_rome))
        {
            ErrorType = "Parameter value error",
            Source = "made-up",
        });
    }

    [Theory]
    [InlineData("\"[]\"")]
    [InlineData("[]")]
    [InlineData("\"\"")]
    public async Task ToolRM_train_data_may_have_no_call_as_the_right_answer(string correct)
    {
        PreferencePair pair = await Rows.ReadOneAsync(
            $$$$$"""{"conversation":"Hi","tools":"[]","tool_calls_correct":{{{{{correct}}}}},"tool_calls_incorrect":[{"name":"get_weather","arguments":{"city":"Rome"}}]}""");

        pair.Id.Should().Be("1");
        pair.Chosen.Should().Be(Candidate.NoCall);
        pair.Rejected.Should().Be(Candidate.FromCalls(_rome));
        pair.Prompt.Should().Be(ToolPrompt.FromUser("Hi"));
    }

    [Fact]
    public async Task FC_RewardBench_is_read_with_json_schema_types()
    {
        PreferencePair pair = await Rows.ReadOneAsync("""
            {"tools":"[{\"name\": \"geo.area\", \"parameters\": {\"type\": \"dict\", \"properties\": {\"sides\": {\"type\": \"tuple\", \"items\": {\"type\": \"float\"}}, \"type\": {\"type\": \"any\"}}, \"required\": [\"sides\"]}}]","conversation":[{"role":"user","content":"Area of 3 by 4?"}],"chosen_output":"[{\"geo.area\": {\"sides\": [3, 4]}}, {\"geo.area\": {\"sides\": [5, 6]}}]","rejected_output":"[geo.area(sides=[3, 4])]","error_type":"Parsing error","model_name":"m","test_category":"simple","test_id":"simple_9"}
            """.Trim());

        pair.Should().Be(new PreferencePair(
            "simple_9",
            ToolPrompt.FromUser("Area of 3 by 4?", Tool.Create("geo.area", null, """{"type":"object","properties":{"sides":{"type":"array","items":{"type":"number"}},"type":{}},"required":["sides"]}""")),
            Candidate.FromCalls(ToolCall.Parse("geo.area", """{"sides":[3,4]}"""), ToolCall.Parse("geo.area", """{"sides":[5,6]}""")),
            Candidate.FromText("[geo.area(sides=[3, 4])]"))
        {
            ErrorType = "Parsing error",
            Source = "simple",
        });
    }

    [Theory]
    [InlineData("""[{"f":"x"}]""")]
    [InlineData("""{"city":"Paris"}""")]
    [InlineData("""[{"name":"f"}]""")]
    [InlineData("[1, 2]")]
    [InlineData("[{'f': {}}]")]
    [InlineData("""[{"f":{"a":1,"a":2}}]""")]
    [InlineData("I cannot help.")]
    public async Task A_wrong_output_that_is_no_call_stays_the_text_it_is(string output)
    {
        string json = System.Text.Json.JsonEncodedText.Encode(output).ToString();

        PreferencePair pair = await Rows.ReadOneAsync($$$$$"""{"conversation":"Hi","tools":"[]","chosen_output":"[{\"f\":{}}]","rejected_output":"{{{{{json}}}}}"}""");

        pair.Rejected.Should().Be(Candidate.FromText(output));
    }

    [Fact]
    public async Task TRL_with_an_explicit_prompt_is_read()
    {
        PreferencePair pair = await Rows.ReadOneAsync(
            $$$$$"""{"id":7,"source":"s","margin":0.5,"prompt":[{"role":"user","content":"Weather in Paris?"}],"tools":{{{{{ToolJson}}}}},"chosen":[{"role":"assistant","tool_calls":[{"type":"function","function":{"name":"get_weather","arguments":{"city":"Paris"}}}]}],"rejected":[{"role":"assistant","content":"I do not know."}]}""");

        pair.Should().Be(new PreferencePair("7", _prompt, Candidate.FromCalls(_paris), Candidate.FromText("I do not know.")) { Source = "s", Margin = 0.5 });
    }

    [Fact]
    public async Task TRL_with_an_implicit_prompt_is_read()
    {
        PreferencePair pair = await Rows.ReadOneAsync(
            $$$$$"""{"tools":{{{{{ToolText}}}}},"chosen":[{"role":"user","content":"Weather in Paris?"},{"role":"assistant","tool_calls":[{"name":"get_weather","arguments":{"city":"Paris"}}]}],"rejected":[{"content":"Weather in Paris?","role":"user"},{"role":"assistant","tool_calls":[{"name":"get_weather","arguments":{"city":"Rome"}}]}]}""");

        pair.Should().Be(new PreferencePair("1", _prompt, Candidate.FromCalls(_paris), Candidate.FromCalls(_rome)));
    }

    [Theory]
    [InlineData("""[{"name":"get_weather","arguments":{"city":"Paris"}}]""")]
    [InlineData("""[{"get_weather":{"city":"Paris"}}]""")]
    [InlineData("""{"role":"assistant","content":null,"tool_calls":[{"name":"get_weather","arguments":"{\"city\":\"Paris\"}"}]}""")]
    [InlineData("""{"name":"get_weather","arguments":{"city":"Paris"}}""")]
    [InlineData("""  "[{\"name\":\"get_weather\",\"arguments\":{\"city\":\"Paris\"}}]"  """)]
    [InlineData("""  "{\"role\":\"assistant\",\"tool_calls\":[{\"name\":\"get_weather\",\"arguments\":{\"city\":\"Paris\"}}]}"  """)]
    public async Task Plain_rows_have_calls_in_any_shape(string chosen)
    {
        PreferencePair pair = await Rows.ReadOneAsync($$$$$"""{"prompt":"Weather in Paris?","tools":{{{{{ToolJson}}}}},"chosen":{{{{{chosen.Trim()}}}}},"rejected":[]}""");

        pair.Should().Be(new PreferencePair("1", _prompt, Candidate.FromCalls(_paris), Candidate.NoCall));
    }

    [Theory]
    [InlineData("""{"prompt":"Hi","chosen":"A","rejected":"B"}""")]
    [InlineData("""{"messages":"Hi","tools":null,"chosen":"A","rejected":{"role":"assistant","content":"B"}}""")]
    [InlineData("""{"messages":[{"role":"user","content":"Hi"}],"tools":[],"chosen":{"text":"A"},"rejected":"B"}""")]
    [InlineData("""{"prompt":"[{\"role\":\"user\",\"content\":\"Hi\"}]","chosen":"A","rejected":"B","margin":null}""")]
    public async Task Plain_rows_have_prompts_in_any_shape(string row) =>
        (await Rows.ReadOneAsync(row)).Should().Be(new PreferencePair("1", ToolPrompt.FromUser("Hi"), Candidate.FromText("A"), Candidate.FromText("B")));

    [Fact]
    public async Task Layouts_may_be_mixed_and_blank_lines_and_a_byte_order_mark_are_skipped()
    {
        List<PreferencePair> pairs = await Rows.ReadAsync(
            "\uFEFF" + """{"prompt":"Hi","chosen":"A","rejected":"B"}""" + "\r",
            "",
            "  \t",
            """{"conversation":"Hi","tools":"[]","tool_calls_correct":"[]","tool_calls_incorrect":"x"}""",
            "");

        pairs.Select(pair => pair.Id).Should().Equal("1", "4");
    }
}
