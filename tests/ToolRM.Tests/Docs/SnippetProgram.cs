using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ToolRM.Tests.Api;

namespace ToolRM.Tests.Docs;

/// <summary>A snippet as a program, or as a library if it only declares types, compiled as in a new .NET project.</summary>
internal sealed class SnippetProgram
{
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
        + "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly CSharpParseOptions _language = new(LanguageVersion.Preview);
    private readonly byte[] _image;

    /// <exception cref="FormatException">It does not compile without warnings.</exception>
    public SnippetProgram(Snippet snippet)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(snippet.Code, _language, "snippet.cs");
        HasEntryPoint = tree.GetRoot().ChildNodes().OfType<GlobalStatementSyntax>().Any();
        // CS1701 and CS1702: two versions of a .NET assembly meet, which the build of a project settles.
        var options = new CSharpCompilationOptions(
            HasEntryPoint ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable,
            specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Snippet", [tree, CSharpSyntaxTree.ParseText(ImplicitUsings, _language)], PlatformReferences.All, options);
        using var image = new MemoryStream();
        string[] problems =
        [
            .. compilation.Emit(image).Diagnostics
                .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
                .Select(diagnostic => diagnostic.ToString()),
        ];
        if (problems.Length > 0)
        {
            throw new FormatException($"{snippet.Place} does not compile:\n{string.Join('\n', problems)}");
        }

        _image = image.ToArray();
    }

    public bool HasEntryPoint { get; }

    /// <summary>Runs it to its end.</summary>
    public void Run()
    {
        var context = new AssemblyLoadContext("Snippet", isCollectible: true);
        using var image = new MemoryStream(_image);
        MethodInfo main = context.LoadFromStream(image).EntryPoint!;
        main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, main.GetParameters().Length == 0 ? null : [Array.Empty<string>()], null);
        context.Unload();
    }
}
