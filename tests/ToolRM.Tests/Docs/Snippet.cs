using System.Text.RegularExpressions;

namespace ToolRM.Tests.Docs;

/// <summary>
/// A C# block of a page. An HTML comment on the line before it may say how it is tested:
/// <c>&lt;!-- snippet: compile-only --&gt;</c> (it needs files or hours), <c>&lt;!-- snippet: continues --&gt;</c> (it goes on where the
/// block before it ended), or both, with a comma.
/// </summary>
/// <param name="Place">Page and line, for messages.</param>
/// <param name="Code">The code, with that of the blocks it continues.</param>
/// <param name="IsCompileOnly">Whether it is only compiled.</param>
internal sealed partial record Snippet(string Place, string Code, bool IsCompileOnly)
{
    private const string CompileOnly = "compile-only", Continues = "continues";

    /// <summary>The blocks of a page, in their order.</summary>
    /// <param name="page">What to call it in messages.</param>
    /// <param name="markdown">Its text.</param>
    public static IReadOnlyList<Snippet> Find(string page, string markdown)
    {
        string[] lines = markdown.ReplaceLineEndings("\n").Split('\n');
        var snippets = new List<Snippet>();
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i] != "```csharp")
            {
                continue;
            }

            int end = Array.IndexOf(lines, "```", i);
            string place = $"{page}:{i + 1}";
            if (end < 0)
            {
                throw new FormatException($"{place}: the block has no end");
            }

            string[] directives = Directives(i == 0 ? "" : lines[i - 1], place);
            // The compiler's messages then name the page and its line.
            string code = $"#line {i + 2} \"{page}\"\n{string.Join('\n', lines[(i + 1)..end])}\n";
            code = directives.Contains(Continues) ? Join(snippets[^1].Code, code) : code;
            snippets.Add(new Snippet(place, code, directives.Contains(CompileOnly)));
            i = end;
        }

        return snippets;
    }

    public override string ToString() => Place;

    private static string[] Directives(string line, string place)
    {
        Match match = DirectivePattern().Match(line);
        string[] directives = match.Success ? match.Groups[1].Value.Split(", ") : [];
        return directives.All(directive => directive is CompileOnly or Continues)
            ? directives
            : throw new FormatException(
                $"{place}: expected '{CompileOnly}', '{Continues}' or both, with a comma, found '{match.Groups[1].Value}'");
    }

    /// <summary>Usings have to come before all statements.</summary>
    private static string Join(string first, string second)
    {
        string usings = string.Concat(UsingPattern().Matches(second).Select(match => $"{match.Value}\n"));
        return $"{usings}{first}{UsingPattern().Replace(second, "")}";
    }

    [GeneratedRegex(@"^<!-- snippet: (.*) -->$")]
    private static partial Regex DirectivePattern();

    [GeneratedRegex(@"^using [\w.]+;$", RegexOptions.Multiline)]
    private static partial Regex UsingPattern();
}
