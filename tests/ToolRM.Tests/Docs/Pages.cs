using ToolRM.Tests.Api;

namespace ToolRM.Tests.Docs;

/// <summary>The pages that users read: README.md and docs/*.md.</summary>
internal static class Pages
{
    /// <summary>Paths from the root, with slashes.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "README.md",
        .. Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "docs"), "*.md")
            .Select(file => $"docs/{Path.GetFileName(file)}").Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyList<Snippet> Snippets { get; } = [.. All.SelectMany(page => Snippet.Find(page, Read(page)))];

    public static string Read(string page) => File.ReadAllText(Path.Combine(SourceTree.Root, page));
}
