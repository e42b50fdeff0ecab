using System.Text.RegularExpressions;
using ToolRM.Tests.Api;

namespace ToolRM.Tests.Docs;

public sealed partial class LinkTests
{
    public static TheoryData<string> PagesToCheck => [.. Pages.All];

    [Theory]
    [MemberData(nameof(PagesToCheck))]
    public void Links_within_the_repository_lead_somewhere(string page) => BrokenLinks(page, Pages.Read(page)).Should().BeEmpty();

    [Fact]
    public void Broken_links_are_found() =>
        BrokenLinks("README.md", "# The heading\n[a](docs/nowhere.md) [b](LICENSE) [c](https://example.org) [d](#the-heading) [e](#other)")
            .Should().Equal("docs/nowhere.md", "#other");

    private static IEnumerable<string> BrokenLinks(string page, string markdown)
    {
        string folder = Path.GetDirectoryName(Path.Combine(SourceTree.Root, page))!;
        IEnumerable<string> links = LinkPattern().Matches(markdown).Select(match => match.Groups[1].Value);
        foreach (string link in links.Where(link => !link.Contains("://", StringComparison.Ordinal)))
        {
            string[] parts = link.Split('#', 2);
            string file = parts[0].Length == 0 ? Path.Combine(SourceTree.Root, page) : Path.Combine(folder, parts[0]);
            bool exists = File.Exists(file) || Directory.Exists(file);
            if (!exists || (parts.Length == 2 && !Anchors(parts[0].Length == 0 ? markdown : File.ReadAllText(file)).Contains(parts[1])))
            {
                yield return link;
            }
        }
    }

    /// <summary>The names that GitHub gives to headings.</summary>
    private static IEnumerable<string> Anchors(string markdown) =>
        HeadingPattern().Matches(markdown.ReplaceLineEndings("\n")).Select(match => Anchor(match.Groups[1].Value));

    private static string Anchor(string heading) =>
        string.Concat(heading.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-');

    [GeneratedRegex(@"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")]
    private static partial Regex LinkPattern();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex HeadingPattern();
}
