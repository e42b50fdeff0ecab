using System.Text.Encodings.Web;
using System.Text.Json;
using ToolRM.ToolCalls.Comparison;

namespace ToolRM.Tests.ToolCalls.Comparison;

/// <summary>Canonical texts in which case, white space and punctuation of strings make no difference.</summary>
public class FoldedTextTests
{
    private static string Text(string json, bool folds = true) =>
        CanonicalJson.Text(JsonElement.Parse(json), default, ValueRules.Plain with { FoldsText = folds });

    [Theory]
    [InlineData("\"New York, NY\"", "\"NEWYORKNY\"")]
    [InlineData("\"new  york\\tny\\n\"", "\"NEWYORKNY\"")]
    [InlineData("\"new_york-ny.\"", "\"NEWYORKNY\"")]
    [InlineData("\"'new' \\\"york\\\" / ny\"", "\"NEWYORKNY\"")]
    [InlineData("\"\u00a0New\u2003York\u3000NY\"", "\"NEWYORKNY\"")]
    [InlineData("\"größe\"", "\"GRÖßE\"")]
    [InlineData("\"istanbul\"", "\"ISTANBUL\"")]
    [InlineData("\" ,._-/'\\\"\"", "\"\"")]
    [InlineData("\"\"", "\"\"")]
    public void Strings_are_folded(string json, string expected) => Text(json).Should().Be(expected);

    [Theory]
    [InlineData("\"a+b\"", "\"ab\"")]
    [InlineData("\"a:b\"", "\"ab\"")]
    [InlineData("\"$5\"", "\"5\"")]
    [InlineData("\"5%\"", "\"5\"")]
    [InlineData("\"a;b\"", "\"ab\"")]
    [InlineData("\"cafe\"", "\"café\"")]
    [InlineData("\"a\\\\b\"", "\"ab\"")]
    [InlineData("\"(a)\"", "\"a\"")]
    [InlineData("\"5\"", "5")]
    [InlineData("\"null\"", "null")]
    [InlineData("\"true\"", "true")]
    public void Other_signs_and_types_stay_different(string left, string right) => Text(left).Should().NotBe(Text(right));

    [Fact]
    public void Strings_at_any_depth_are_folded_and_names_and_numbers_are_not() =>
        Text("""{"B b":["X y",{"a-b":"C.c"}],"a":[1.50,true,null,"-"]}""")
            .Should().Be("""{"B b":["XY",{"a-b":"CC"}],"a":[1.5,true,null,""]}""");

    [Fact]
    public void Members_whose_names_differ_in_case_stay_apart() => Text("""{"a":"x","A":"x"}""").Should().Be("""{"A":"X","a":"X"}""");

    [Fact]
    public void Without_the_rule_strings_stay() => Text("\"New York, NY\"", folds: false).Should().Be("\"New York, NY\"");

    [Fact]
    public void Signs_that_are_left_out_are_those_that_are_listed()
    {
        foreach (char c in Enumerable.Range(0x20, 0x5f).Select(i => (char)i).Where(c => !char.IsAsciiLetterOrDigit(c)))
        {
            string folded = Text($"\"a{JsonEncodedText.Encode([c], JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}b\"");

            (folded == "\"AB\"").Should().Be(c == ' ' || CanonicalJson.Ignored.Contains(c), "of {0}", c);
        }
    }
}
