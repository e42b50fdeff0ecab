using System.Text;
using System.Text.RegularExpressions;
using ToolRM.Data;
using ToolRM.Prompts;

namespace ToolRM.Tests.Docs;

/// <summary>The examples of docs/formats.md are what the library reads and writes.</summary>
public sealed partial class FormatExampleTests
{
    private static readonly Dictionary<string, string> _examples = ExamplePattern()
        .Matches(Pages.Read("docs/formats.md").ReplaceLineEndings("\n"))
        .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    [Theory]
    [InlineData("qwen2.5")]
    [InlineData("compact")]
    [InlineData("annotated")]
    public void Rendered_example_is_what_the_template_writes(string template)
    {
        var prompt = ToolPrompt.FromJson(_examples["request"]);
        var candidate = Candidate.FromJson(_examples["candidate"]);

        string rendered = PromptTemplate.Get(template).Render(prompt, candidate);

        PagePart.ShouldBe("docs/formats.md", $"<!-- example: {template} -->\n```text\n", "```\n", $"{rendered.TrimEnd('\n')}\n");
    }

    [Theory]
    [InlineData("compact")]
    [InlineData("annotated")]
    public void Control_tokens_of_a_template_are_all_described(string template)
    {
        string page = Pages.Read("docs/formats.md").ReplaceLineEndings("\n");
        (int from, int to) = PagePart.Find(page, $"\n### {template}\n", "\n#")!.Value;

        PromptTemplate.Get(template).RequiredTokens
            .Where(token => !page[from..to].Contains($"`{token.Replace("|", "\\|", StringComparison.Ordinal)}`", StringComparison.Ordinal))
            .Should().BeEmpty();
    }

    [Fact]
    public async Task Rows_of_the_four_layouts_are_the_same_pair()
    {
        using var rows = new MemoryStream(Encoding.UTF8.GetBytes(_examples["pairs"]));

        List<PreferencePair> pairs = await PreferenceDataset.ReadAsync(rows, "docs/formats.md").ToListAsync();

        pairs.Should().HaveCount(4);
        pairs.Distinct().Should().ContainSingle().Which.Should().BeEquivalentTo(new { Id = "p1", Source = "home" });
    }

    [GeneratedRegex(@"^<!-- example: ([^\n]+) -->\n```\w+\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ExamplePattern();
}
