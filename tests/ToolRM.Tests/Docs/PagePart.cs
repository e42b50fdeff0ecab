using ToolRM.Tests.Api;

namespace ToolRM.Tests.Docs;

/// <summary>Parts of pages that must say what the library does.</summary>
internal static class PagePart
{
    private const string AcceptVariable = "TOOLRM_ACCEPT_DOCS";

    /// <summary>
    /// Compares the part of a page between two texts with what it should be. With <c>TOOLRM_ACCEPT_DOCS=1</c> in the environment the page
    /// is rewritten instead.
    /// </summary>
    /// <param name="page">Its path from the root.</param>
    /// <param name="begin">What stands before the part.</param>
    /// <param name="end">What stands after it.</param>
    /// <param name="content">What the part should be.</param>
    public static void ShouldBe(string page, string begin, string end, string content)
    {
        string text = Pages.Read(page).ReplaceLineEndings("\n");
        (int from, int to) = Find(text, begin, end)
            ?? throw new FormatException($"{page} has no part between '{begin.TrimEnd()}' and '{end.TrimEnd()}'");
        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1")
        {
            File.WriteAllText(Path.Combine(SourceTree.Root, page), $"{text[..from]}{content}{text[to..]}");
            return;
        }

        text[from..to].Should().Be(content, "the library says so; {0}=1 rewrites {1}", AcceptVariable, page);
    }

    /// <summary>What stands in backticks at the beginning of each row of a table.</summary>
    /// <param name="page">Its path from the root.</param>
    /// <param name="head">The table's first line.</param>
    public static IReadOnlyList<string> FirstColumn(string page, string head) =>
    [
        .. Pages.Read(page).ReplaceLineEndings("\n").Split('\n')
            .SkipWhile(line => line != head).Skip(2).TakeWhile(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1]),
    ];

    /// <summary>Where the part lies; <see langword="null"/> if there is none.</summary>
    public static (int From, int To)? Find(string text, string begin, string end)
    {
        int from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        int to = from < begin.Length ? -1 : text.IndexOf(end, from, StringComparison.Ordinal);
        return to < 0 ? null : (from, to);
    }
}
