using System.Text.Json;
using ToolRM.ToolCalls.Schemas;
using ToolRM.Verification.Schemas;

namespace ToolRM.Tests.Verification.Schemas;

public class FunctionFactsTests
{
    private static readonly Tool _tool = Tool.Create("book_hotelRoom", "Books a room in a hotel", """
        {
          "type": "object",
          "properties": {
            "city": {"type": "string", "description": "The city and state, e.g. Reno, NV"},
            "checkInDate": {"type": "string", "description": "First night"},
            "kind": {"type": "string", "enum": ["single", "double"], "description": "Defaults to 'double'."},
            "beds": {"type": "integer", "default": 1},
            "guest": {"$ref": "#/$defs/Guest"},
            "extras": {"type": "array", "items": {"type": "string", "enum": ["bath", "view"]}},
            "late": {"type": "boolean"},
            "rate": {"anyOf": [{"type": "number"}, {"type": "null"}], "default": null}
          },
          "required": ["city", "checkInDate", "gone"],
          "$defs": {
            "Guest": {
              "description": "Who stays",
              "type": "object",
              "properties": {"name": {"type": "string", "description": "Like 'Ann Lee'"}, "of": {"$ref": "#/$defs/Guest"}},
              "required": ["name"]
            }
          }
        }
        """);

    private static readonly FunctionFacts _facts = FunctionFacts.Of(_tool);

    [Fact]
    public void Parameters_are_in_the_order_of_the_schema()
    {
        _facts.Parameters.Select(parameter => parameter.Name)
            .Should().Equal("city", "checkInDate", "kind", "beds", "guest", "extras", "late", "rate");
        _facts.Parameters.Where(parameter => parameter.IsRequired).Select(parameter => parameter.Name)
            .Should().Equal("city", "checkInDate");
        _facts.RequiredCount.Should().Be(2);
        _facts.Find("kind").Should().BeSameAs(_facts.Parameters[2]);
        _facts.Find("Kind").Should().BeNull();
        _facts.IsClosed.Should().BeTrue();
    }

    [Fact]
    public void Facts_are_made_once_for_a_tool() => FunctionFacts.Of(_tool).Should().BeSameAs(_facts);

    [Fact]
    public void Names_and_descriptions_are_stemmed()
    {
        _facts.NameStems.Should().BeEquivalentTo("book", "hotel", "room");
        _facts.DescriptionStems.Should().BeEquivalentTo("book", "room", "hotel");
        _facts.Find("checkInDate")!.NameStems.Should().Equal("check", "date");
        _facts.ParameterStems.Should().Contain(["check", "date", "bed"]);
    }

    [Fact]
    public void Descriptions_tell_what_is_demanded()
    {
        ParameterFacts city = _facts.Find("city")!;

        city.Description.Should().Be("The city and state, e.g. Reno, NV");
        city.WantsCityAndState.Should().BeTrue();
        city.Examples.Should().Equal("Reno, NV");
        city.ExampleShapes.Should().BeEquivalentTo("T, A");
        city.SlotCues.Should().Contain("in");
        _facts.Find("checkInDate")!.IsDate.Should().BeTrue();
        _facts.Find("rate")!.IsPercentage.Should().BeTrue();
    }

    [Fact]
    public void Facts_of_a_referenced_object_and_its_properties_are_found()
    {
        ParameterFacts guest = _facts.Find("guest")!;

        guest.Description.Should().Be("Who stays");
        guest.Property("name")!.Examples.Should().Equal("Ann Lee");
        guest.Property("name")!.IsRequired.Should().BeTrue();
        guest.Property("of")!.Property("of")!.Property("name")!.Description.Should().Be("Like 'Ann Lee'");
        guest.Property("age").Should().BeNull();
        guest.Property("name").Should().BeSameAs(guest.Property("name"));
    }

    [Fact]
    public void Facts_end_eight_objects_deep()
    {
        ParameterFacts? guest = _facts.Find("guest");
        int depth = 0;
        for (; guest is not null; depth++)
        {
            guest = guest.Property("of");
        }

        depth.Should().Be(9);
    }

    [Fact]
    public void Properties_of_the_objects_in_a_list_are_found()
    {
        FunctionFacts facts = FunctionFacts.Of(Tool.Create("f", null, """
            {"properties":{"stops":{"type":"array","items":{"properties":{"place":{"type":"string","description":"Where"}}}}}}
            """));

        facts.Find("stops")!.Property("place")!.Description.Should().Be("Where");
    }

    [Fact]
    public void Parameters_without_a_schema_around_them_are_read()
    {
        FunctionFacts facts = FunctionFacts.Of(Tool.Create("f", null, """
            {"place":{"type":"str","description":"Where"},"n":{"type":"int, optional","description":"How many"}}
            """));

        facts.Find("place")!.Description.Should().Be("Where");
        facts.Find("place")!.IsRequired.Should().BeTrue();
        facts.Find("n")!.IsRequired.Should().BeFalse();
    }

    [Fact]
    public void Tool_without_schema_has_no_parameters()
    {
        FunctionFacts facts = FunctionFacts.Of(Tool.Create("f", null));

        facts.Parameters.Should().BeEmpty();
        facts.IsClosed.Should().BeTrue();
    }

    [Theory]
    [InlineData("kind", "\"single\"", true)]
    [InlineData("kind", "\"Single\"", false)]
    [InlineData("kind", "null", false)]
    [InlineData("extras", "[\"bath\",\"view\"]", true)]
    [InlineData("extras", "\"bath\"", true)]
    [InlineData("extras", "[]", true)]
    [InlineData("extras", "[\"bath\",\"pool\"]", false)]
    [InlineData("beds", "7", true)]
    public void Allowed_values_are_told_from_others(string parameter, string value, bool expected) =>
        _facts.Find(parameter)!.Allows(JsonElement.Parse(value)).Should().Be(expected);

    [Theory]
    [InlineData("""{"enum":[1,"2"]}""", "\"1\"", true)]
    [InlineData("""{"enum":[1,"2"]}""", "2.0", true)]
    [InlineData("""{"anyOf":[{"enum":["a"]},{"type":"null"}]}""", "\"b\"", false)]
    [InlineData("""{"anyOf":[{"enum":["a"]},{"type":"null"}]}""", "null", true)]
    [InlineData("""{"anyOf":[{"enum":["a"]},{"type":"string"}]}""", "\"b\"", true)]
    [InlineData("""{"enum":[{"a":1}]}""", """{"a":1.0}""", true)]
    public void Allowed_values_are_compared_as_texts(string schema, string value, bool expected) =>
        Parameter(schema).Allows(JsonElement.Parse(value)).Should().Be(expected);

    [Theory]
    [InlineData("kind", "\"Double\"", true)]
    [InlineData("kind", "\"single\"", false)]
    [InlineData("kind", "null", false)]
    [InlineData("beds", "1.0", true)]
    [InlineData("beds", "\"1\"", true)]
    [InlineData("beds", "2", false)]
    [InlineData("late", "false", true)]
    [InlineData("late", "null", true)]
    [InlineData("late", "true", false)]
    [InlineData("rate", "null", true)]
    [InlineData("rate", "\"None\"", true)]
    [InlineData("rate", "0", false)]
    [InlineData("city", "false", false)]
    public void Defaults_are_told_from_other_values(string parameter, string value, bool expected) =>
        _facts.Find(parameter)!.IsDefault(JsonElement.Parse(value)).Should().Be(expected);

    [Theory]
    [InlineData("Default is New York", "\"New Orleans\"", true)]
    [InlineData("Default is 'New York'", "\"New Orleans\"", false)]
    [InlineData("Default is an empty array", "[]", true)]
    [InlineData("Default empty array", "[]", true)]
    [InlineData("Default is empty", "[1]", false)]
    [InlineData("Default is 10.0", "10", true)]
    [InlineData("Default is $20", "20", true)]
    public void Described_defaults_count(string description, string value, bool expected) =>
        Parameter($$"""{"description":"{{description}}"}""").IsDefault(JsonElement.Parse(value)).Should().Be(expected);

    private static ParameterFacts Parameter(string schema)
    {
        JsonElement json = JsonElement.Parse(schema);
        return ParameterFacts.Read("p", SchemaCompiler.Compile(json), new SchemaSource(json, json), isRequired: false);
    }
}
