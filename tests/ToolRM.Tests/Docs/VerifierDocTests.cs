using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ToolRM.Tests.Checkpoints;
using ToolRM.Tests.Cli;
using ToolRM.Verification;

namespace ToolRM.Tests.Docs;

/// <summary>What docs/verifier.md lists and shows is what the library computes.</summary>
public sealed partial class VerifierDocTests
{
    private const string Page = "docs/verifier.md";

    [Fact]
    public void Page_lists_every_feature_as_the_library_defines_it()
    {
        var table = new StringBuilder("| feature | counted | phrase | definition |\n|---|---|---|---|\n");
        foreach (FeatureDefinition feature in FeatureSet.Definitions)
        {
            string counted = feature.Scale == FeatureScale.PerCall ? "per call" : "whole";
            table.Append(CultureInfo.InvariantCulture, $"| `{feature.Name}` | {counted} | {Cell(feature.Phrase)} | {Cell(feature.Definition)} |\n");
        }

        PagePart.ShouldBe(Page, "<!-- features -->\n", "<!-- /features -->", table.ToString());
    }

    [Fact]
    public void Page_tells_what_every_family_asks() =>
        PagePart.FirstColumn(Page, "| family | asks |").Should().Equal(FeatureSet.Families.Select(family => family.Name));

    [Fact]
    public void Page_names_the_version_of_the_features() =>
        Pages.Read(Page).Should().Contain($"This page is about version `{FeatureSet.Version}`.");

    [Fact]
    public async Task Explanation_on_the_page_is_what_the_command_line_prints()
    {
        string page = Pages.Read(Page).ReplaceLineEndings("\n");
        (int from, int to) = PagePart.Find(page, "<!-- example: request -->\n```json\n", "```\n")!.Value;
        using var files = new TemporaryFolder();
        string model = files.File("verifier");
        await EmbeddedModel.Verifier.SaveAsync(model);

        CommandRun run = (await CommandRun.OfInput(page[from..to], ["score", "--model", model, "--explain"])).Succeeded();

        string shown = ManyDigits().Replace(
            run.Output.ReplaceLineEndings("\n"),
            number => double.Parse(number.Value, CultureInfo.InvariantCulture).ToString("F2", CultureInfo.InvariantCulture));
        PagePart.ShouldBe(Page, "<!-- example: explanation -->\n```text\n", "```\n", shown);
    }

    [Fact]
    public void Part_without_its_markers_is_not_found()
    {
        PagePart.Find("a <b> c </b>", "<b>", "</b>").Should().Be((5, 8));
        PagePart.Find("a b c </b>", "<b>", "</b>").Should().BeNull();
        PagePart.Find("</b> <b> c", "<b>", "</b>").Should().BeNull();
    }

    private static string Cell(string text) =>
        text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    /// <summary>A reward with all its digits, of which the last may differ between machines.</summary>
    [GeneratedRegex(@"-?\d+\.\d{3,}")]
    private static partial Regex ManyDigits();
}
