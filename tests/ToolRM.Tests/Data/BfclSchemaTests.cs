using ToolRM.Data;

namespace ToolRM.Tests.Data;

public class BfclSchemaTests
{
    [Theory]
    [InlineData("dict", "object")]
    [InlineData("HashMap", "object")]
    [InlineData("Hashtable", "object")]
    [InlineData("float", "number")]
    [InlineData("double", "number")]
    [InlineData("tuple", "array")]
    [InlineData("list", "array")]
    [InlineData("ArrayList", "array")]
    [InlineData("Array", "array")]
    [InlineData("Queue", "array")]
    [InlineData("Stack", "array")]
    [InlineData("String", "string")]
    [InlineData("char", "string")]
    [InlineData("Bigint", "integer")]
    [InlineData("long", "integer")]
    [InlineData("byte", "integer")]
    [InlineData("short", "integer")]
    [InlineData("Boolean", "boolean")]
    [InlineData("bool", "boolean")]
    [InlineData("integer", "integer")]
    [InlineData("null", "null")]
    [InlineData("martian", "martian")]
    public void Type_names_become_those_of_json_schema(string bfcl, string expected) =>
        Normalize($$"""{"type":"{{bfcl}}"}""").Should().Be($$"""{"type":"{{expected}}"}""");

    [Theory]
    [InlineData("""{"type":"any","description":"x"}""", """{"description":"x"}""")]
    [InlineData("""{"type":["float","null"]}""", """{"type":["float","null"]}""")]
    [InlineData("""{"type":"dict","properties":{"type":{"type":"Any"},"a":{"type":"array","items":{"type":"tuple","items":{"type":"float"}}}},"required":["type"]}""", """{"type":"object","properties":{"type":{},"a":{"type":"array","items":{"type":"array","items":{"type":"number"}}}},"required":["type"]}""")]
    [InlineData("""{"anyOf":[{"type":"float"},{"type":"dict","additionalProperties":{"type":"float"}}]}""", """{"anyOf":[{"type":"number"},{"type":"object","additionalProperties":{"type":"number"}}]}""")]
    [InlineData("""{"type":"string","default":{"type":"float"},"enum":["dict"],"additionalProperties":false}""", """{"type":"string","default":{"type":"float"},"enum":["dict"],"additionalProperties":false}""")]
    [InlineData("""{"items":[{"type":"float"}],"properties":7}""", """{"items":[{"type":"number"}],"properties":7}""")]
    public void Names_are_replaced_at_every_depth_but_not_in_values(string bfcl, string expected) => Normalize(bfcl).Should().Be(expected);

    [Fact]
    public void A_tool_without_a_schema_stays_as_it_is()
    {
        var tool = Tool.Create("now", null);

        BfclSchema.Normalize(tool).Should().BeSameAs(tool);
    }

    private static string Normalize(string schema) => BfclSchema.Normalize(Tool.Create("f", null, schema)).Parameters.GetRawText();
}
