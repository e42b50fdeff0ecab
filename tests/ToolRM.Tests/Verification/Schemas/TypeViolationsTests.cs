using System.Text.Json;
using ToolRM.ToolCalls.Schemas;
using ToolRM.Verification.Schemas;

namespace ToolRM.Tests.Verification.Schemas;

public class TypeViolationsTests
{
    [Theory]
    [InlineData("\"a\"", """{"type":"string"}""", TypeViolation.None)]
    [InlineData("null", """{"type":"string"}""", TypeViolation.Null)]
    [InlineData("null", """{"type":["string","null"]}""", TypeViolation.None)]
    [InlineData("5", """{"type":"string"}""", TypeViolation.NotAString)]
    [InlineData("[]", """{"type":"string"}""", TypeViolation.NotAString)]
    [InlineData("5", """{"type":"integer"}""", TypeViolation.None)]
    [InlineData("5.0", """{"type":"integer"}""", TypeViolation.FractionForInteger)]
    [InlineData("5e0", """{"type":"integer"}""", TypeViolation.None)]
    [InlineData("5.5", """{"type":"integer"}""", TypeViolation.FractionForInteger)]
    [InlineData("5.0", """{"type":"number"}""", TypeViolation.None)]
    [InlineData("5.0", """{"type":["integer","string"]}""", TypeViolation.FractionForInteger)]
    [InlineData("true", """{"type":"number"}""", TypeViolation.BooleanForNumber)]
    [InlineData("\"5\"", """{"type":"number"}""", TypeViolation.StringForNumber)]
    [InlineData("[5]", """{"type":"integer"}""", TypeViolation.StructureForScalar)]
    [InlineData("null", """{"type":"boolean"}""", TypeViolation.StructureForScalar)]
    [InlineData("\"true\"", """{"type":"boolean"}""", TypeViolation.ScalarForBoolean)]
    [InlineData("1", """{"type":"boolean"}""", TypeViolation.ScalarForBoolean)]
    [InlineData("\"a\"", """{"type":"array","items":{"type":"string"}}""", TypeViolation.NotAList)]
    [InlineData("""["a",1]""", """{"type":"array","items":{"type":"string"}}""", TypeViolation.Inside)]
    [InlineData("[[1.5]]", """{"type":"array","items":{"type":"array","items":{"type":"integer"}}}""", TypeViolation.Inside)]
    [InlineData("\"a\"", """{"type":"object"}""", TypeViolation.NotAnObject)]
    [InlineData("""{"b":1}""", """{"type":"object","properties":{"a":{"type":"string"}}}""", TypeViolation.UnexpectedProperty)]
    [InlineData("""{"b":1}""", """{"type":"object","properties":{"a":{}},"additionalProperties":true}""", TypeViolation.None)]
    [InlineData("""{"a":1}""", """{"type":"object","properties":{"a":{"type":"string"}}}""", TypeViolation.Inside)]
    [InlineData("{}", """{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}""", TypeViolation.MissingProperty)]
    [InlineData("{}", """{"type":"object","properties":{"a":{"type":"string"}}}""", TypeViolation.None)]
    [InlineData("[1]", """{}""", TypeViolation.None)]
    [InlineData("[1]", """{"anyOf":[{"type":"string"},{"type":"null"}]}""", TypeViolation.NotAString)]
    public void Violation_is_found(string value, string schema, object expected) =>
        TypeViolations.Find(SchemaCompiler.Compile(JsonElement.Parse(schema)), JsonElement.Parse(value))
            .Should().Be((TypeViolation)expected);

    [Fact]
    public void Schema_that_holds_itself_is_no_trouble()
    {
        JsonSchema schema = SchemaCompiler.Compile(JsonElement.Parse("""
            {"type":"object","properties":{"next":{"$ref":"#"},"n":{"type":"integer"}}}
            """));

        TypeViolations.Find(schema, JsonElement.Parse("""{"next":{"next":{"n":"x"}}}""")).Should().Be(TypeViolation.Inside);
    }
}
