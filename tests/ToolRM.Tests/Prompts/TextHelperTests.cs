using System.Text.Json;
using ToolRM.Prompts;

namespace ToolRM.Tests.Prompts;

public class TextHelperTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("-0.0", "-0.0")]
    [InlineData("12345678901234567890123", "12345678901234567890123")]
    [InlineData("1.0", "1.0")]
    [InlineData("2.50", "2.5")]
    [InlineData("1e3", "1000.0")]
    [InlineData("1E-4", "0.0001")]
    [InlineData("0.00001", "1e-05")]
    [InlineData("1.25e-7", "1.25e-07")]
    [InlineData("1e15", "1000000000000000.0")]
    [InlineData("1e16", "1e+16")]
    [InlineData("123456789012345680.0", "1.2345678901234568e+17")]
    [InlineData("1e100", "1e+100")]
    [InlineData("5e-324", "5e-324")]
    [InlineData("-3.14", "-3.14")]
    [InlineData("1e999", "Infinity")]
    [InlineData("-1e999", "-Infinity")]
    public void PythonNumber_prints_numbers_as_python_does(string json, string expected) => PythonNumber.Format(json).Should().Be(expected);

    [Theory]
    [InlineData(""" { "a" : [ 1 , "x" ], "b" : { } , "c" : null } """, """{"a": [1, "x"], "b": {}, "c": null}""", """{"a":[1,"x"],"b":{},"c":null}""")]
    [InlineData("""[true,1.50,[]]""", """[true, 1.5, []]""", """[true,1.50,[]]""")]
    [InlineData("\"\\u00e9\\u0001\\/\\n<&'\\u007f\\ud83d\\ude00\"", "\"é\\u0001/\\n<&'\u007f😀\"", "\"é\\u0001/\\n<&'\u007f😀\"")]
    [InlineData("\"\\\"\\\\\\b\\f\\r\\t\"", "\"\\\"\\\\\\b\\f\\r\\t\"", "\"\\\"\\\\\\b\\f\\r\\t\"")]
    public void JsonText_writes_both_styles(string json, string python, string compact)
    {
        JsonElement value = JsonElement.Parse(json);
        var first = new StringPromptWriter();
        var second = new StringPromptWriter();

        JsonText.Write(value, JsonStyle.Python, first);
        JsonText.Write(value, JsonStyle.Compact, second);

        first.ToString().Should().Be(python);
        second.ToString().Should().Be(compact);
    }

    [Theory]
    [InlineData("", 10, "")]
    [InlineData("  \n ", 10, "")]
    [InlineData("short", 10, "short")]
    [InlineData("ten chars!", 10, "ten chars!")]
    [InlineData("  a \t\n b  ", 10, "a b")]
    [InlineData("one two three", 10, "one two")]
    [InlineData("one two three", 7, "one two")]
    [InlineData("unbreakable", 5, "unbre")]
    [InlineData("abcd😀f", 5, "abcd")]
    public void ShortText_cuts_at_a_word(string text, int limit, string expected) => ShortText.Cut(text, limit).Should().Be(expected);
}
