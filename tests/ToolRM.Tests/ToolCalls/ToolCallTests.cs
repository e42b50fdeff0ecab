using System.Text.Json;

namespace ToolRM.Tests.ToolCalls;

public class ToolCallTests
{
    private static readonly ToolCall _weather = ToolCall.Parse("get_weather", """{"city":"Paris","days":2}""");

    public static TheoryData<string> Shapes => new()
    {
        """{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Paris\",\"days\":2}"}}""",
        """{"function":{"name":"get_weather","arguments":{"city":"Paris","days":2}}}""",
        """{"function":{"name":"get_weather","parameters":{"city":"Paris","days":2}}}""",
        """{"name":"get_weather","arguments":{"city":"Paris","days":2}}""",
        """{"name":"get_weather","arguments":"{\"city\": \"Paris\", \"days\": 2}"}""",
        """{"name":"get_weather","arguments":"\"{\\\"city\\\":\\\"Paris\\\",\\\"days\\\":2}\""}""",
        """{"name":"get_weather","parameters":{"days":2,"city":"Paris"}}""",
        """{"get_weather":{"city":"Paris","days":2.0}}""",
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void FromJson_reads_every_shape_of_a_call(string json) => ToolCall.FromJson(json).Should().Be(_weather);

    [Fact]
    public void FromJson_keeps_the_id_and_equality_ignores_it()
    {
        ToolCall call = ToolCall.FromJson("""{"id":"call_7","function":{"name":"get_weather","arguments":{"days":2,"city":"Paris"}}}""");

        call.Id.Should().Be("call_7");
        call.Should().Be(_weather);
        call.GetHashCode().Should().Be(_weather.GetHashCode());
    }

    [Theory]
    [InlineData("""{"type":"function","function":{"name":"now"}}""")]
    [InlineData("""{"type":"function","name":"now"}""")]
    [InlineData("""{"name":"now","arguments":""}""")]
    [InlineData("""{"name":"now","arguments":"{}"}""")]
    [InlineData("""{"name":"now","arguments":{}}""")]
    [InlineData("""{"now":{}}""")]
    public void FromJson_reads_a_call_without_arguments(string json) => ToolCall.FromJson(json).Should().Be(ToolCall.Parse("now", "{}"));

    [Theory]
    [InlineData("\"not json\"", JsonValueKind.String)]
    [InlineData("\"{\\\"city\\\": \\\"Par\"", JsonValueKind.String)]
    [InlineData("\"5\"", JsonValueKind.String)]
    [InlineData("[1,2]", JsonValueKind.Array)]
    [InlineData("null", JsonValueKind.Null)]
    public void FromJson_keeps_arguments_that_are_no_object_as_they_were_written(string arguments, JsonValueKind kind)
    {
        ToolCall call = ToolCall.FromJson($$"""{"name":"f","arguments":{{arguments}}}""");

        call.Arguments.ValueKind.Should().Be(kind);
        call.Arguments.GetRawText().Should().Be(arguments);
    }

    [Theory]
    [InlineData("5", "$: expected a tool call object, found the number 5")]
    [InlineData("""{"name":"f"}""", "$: expected 'arguments' (or 'parameters') beside 'name', found an object with 'name'")]
    [InlineData("""{"name":3,"arguments":{}}""", "*expected a tool call: 'function'*found an object with 'name', 'arguments'")]
    [InlineData("""{"f":1}""", "*expected a tool call*found an object with 'f'")]
    [InlineData("""{"f":{},"g":{}}""", "*expected a tool call*found an object with 'f', 'g'")]
    [InlineData("{}", "*found an object with no properties")]
    [InlineData("{", "$: expected JSON, found '{' (at byte *")]
    public void FromJson_says_what_was_expected_and_found(string json, string message)
    {
        Action read = () => ToolCall.FromJson(json);

        read.Should().Throw<ToolFormatException>().WithMessage(message);
    }

    [Fact]
    public void ToJson_writes_arguments_as_json_in_a_string() =>
        (_weather with { Id = "call_1" }).ToJson().Should().Be(
            """{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Paris\",\"days\":2}"}}""");

    [Theory]
    [InlineData("""{"city":"Zürich 🗻","nested":{"a":[1,null,true,"x"]},"e":1e3}""")]
    [InlineData("\"free text\"")]
    [InlineData("[1,2]")]
    [InlineData("5")]
    [InlineData("null")]
    public void ToJson_and_FromJson_round_trip(string arguments)
    {
        var call = ToolCall.Parse("größe.get", arguments);

        ToolCall.FromJson(call.ToJson()).Should().Be(call);
    }

    [Fact]
    public void Create_takes_arguments_built_in_code() =>
        ToolCall.Create("get_weather", new() { ["city"] = "Paris", ["days"] = 2 }).Should().Be(_weather);

    [Theory]
    [InlineData("""{"city":"Paris","days":3}""")]
    [InlineData("""{"city":"paris","days":2}""")]
    [InlineData("""{"city":"Paris","days":"2"}""")]
    [InlineData("""{"city":"Paris"}""")]
    public void Equals_sees_any_difference_of_value(string arguments) => ToolCall.Parse("get_weather", arguments).Should().NotBe(_weather);

    [Fact]
    public void Arguments_outlive_the_document_they_came_from()
    {
        ToolCall call;
        using (JsonDocument document = JsonDocument.Parse("""{"city":"Paris","days":2}"""))
        {
            call = new ToolCall("get_weather", document.RootElement);
        }

        call.Arguments.GetProperty("city").GetString().Should().Be("Paris");
        new ToolCall("now", default).Arguments.GetRawText().Should().Be("{}");
    }
}
