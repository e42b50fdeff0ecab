namespace ToolRM.Tests.Docs;

/// <summary>The C# of README.md and docs/*.md compiles without a warning and runs.</summary>
public sealed class ReadmeTests
{
    public static TheoryData<string> Places => [.. Pages.Snippets.Select(snippet => snippet.Place)];

    [Theory]
    [MemberData(nameof(Places))]
    public void Snippet_compiles_and_runs(string place)
    {
        Snippet snippet = Pages.Snippets.Single(snippet => snippet.Place == place);

        var program = new SnippetProgram(snippet);

        if (program.HasEntryPoint && !snippet.IsCompileOnly)
        {
            program.Run();
        }
    }

    [Fact]
    public void Readme_has_snippets_that_run() =>
        Pages.Snippets.Should().Contain(snippet => snippet.Place.StartsWith("README.md") && !snippet.IsCompileOnly);

    [Fact]
    public void Blocks_are_found_with_their_directives()
    {
        const string page =
            "text\n```csharp\nusing System.Text;\nint a = 1;\n```\n"
            + "<!-- snippet: compile-only, continues -->\n```csharp\nusing System.Net;\na++;\n```\n"
            + "```sh\nls\n```\n";

        IReadOnlyList<Snippet> snippets = Snippet.Find("page.md", page);

        snippets.Select(snippet => (snippet.Place, snippet.IsCompileOnly)).Should().Equal(("page.md:2", false), ("page.md:7", true));
        snippets[1].Code.Should()
            .StartWith("using System.Net;\n#line 3 \"page.md\"\nusing System.Text;\nint a = 1;\n").And.EndWith("a++;\n");
        new SnippetProgram(snippets[1]).HasEntryPoint.Should().BeTrue();
    }

    [Theory]
    [InlineData("```csharp\nint a = 1;\n", "*page.md:1*no end*")]
    [InlineData("<!-- snippet: compileonly -->\n```csharp\nint a = 1;\n```\n", "*page.md:2*compileonly*")]
    public void A_page_with_a_mistake_is_refused(string page, string message) =>
        FluentActions.Invoking(() => Snippet.Find("page.md", page)).Should().Throw<FormatException>().WithMessage(message);

    [Theory]
    [InlineData("int a = nothing;", "*page.md(2,9)*error CS0103*")]
    [InlineData("string a = null;\nConsole.WriteLine(a);", "*page.md(2,12)*warning CS8600*")]
    public void A_snippet_with_a_mistake_is_refused_with_its_line(string code, string message) =>
        FluentActions.Invoking(() => new SnippetProgram(Snippet.Find("page.md", $"```csharp\n{code}\n```")[0]))
            .Should().Throw<FormatException>().WithMessage(message);

    [Fact]
    public void A_snippet_that_fails_is_a_failed_test()
    {
        const string page = "```csharp\nawait Task.Yield();\nthrow new TimeoutException();\n```";
        var program = new SnippetProgram(Snippet.Find("page.md", page)[0]);

        program.Invoking(it => it.Run()).Should().Throw<TimeoutException>();
    }

    [Fact]
    public void A_snippet_of_types_only_is_a_library() =>
        new SnippetProgram(Snippet.Find("page.md", "```csharp\nclass A;\n```")[0]).HasEntryPoint.Should().BeFalse();
}
