using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ToolRM.Tests.Api;

public sealed class ArchitectureTests
{
    private const string GlobalUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
        + "global using System.Threading; global using System.Threading.Tasks;";

    private static readonly string _folder = Path.Combine("src", "ToolRM");

    [Fact]
    public void Every_folder_stands_on_a_floor()
    {
        IEnumerable<string> files = SourceTree.SourceFiles(_folder).Select(RelativePath);

        IEnumerable<string> homeless = files.Where(file => Rooms.FloorOf(Rooms.Of(file)) is null);

        homeless.Should().BeEmpty("a new folder needs a floor in Rooms.cs, above all it uses");
    }

    [Fact]
    public void Rooms_use_only_rooms_below_them()
    {
        IReadOnlyDictionary<string, string> sources = SourceTree.SourceFiles(_folder).ToDictionary(RelativePath, File.ReadAllText);

        IReadOnlyList<Use> uses = FindUses(sources);

        uses.Should().Contain(use => use.Room == "Engines/Cpu" && use.Other == "Engines", "otherwise the test sees nothing");
        uses.Where(use => !Rooms.MayUse(use.Room, use.Other)).Select(use => use.Text).Should().BeEmpty();
    }

    [Theory]
    [InlineData("using ToolRM.Data; namespace ToolRM.Tokenization; class A { Row R; }")]
    [InlineData("namespace ToolRM.Tokenization; class A { Data.Row R; }")]
    [InlineData("namespace ToolRM.Tokenization; class A { object R() => new ToolRM.Data.Row(); }")]
    public void A_use_is_found_however_it_is_written(string source)
    {
        var sources = new Dictionary<string, string>
        {
            ["Tokenization/A.cs"] = source,
            ["Data/Row.cs"] = "namespace ToolRM.Data; class Row;",
        };

        FindUses(sources).Should().ContainSingle().Which.Text.Should().Be("Tokenization/A.cs uses Row of Data/Row.cs");
        Rooms.MayUse("Tokenization", "Data").Should().BeFalse();
        Rooms.MayUse("Data", "Tokenization").Should().BeTrue();
        Rooms.MayUse("Scoring", "Data").Should().BeFalse();
    }

    /// <summary>Compiles the sources and looks up what each name means and which file declares it.</summary>
    private static Use[] FindUses(IReadOnlyDictionary<string, string> sources)
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        SyntaxTree[] trees = [.. sources.Select(source => CSharpSyntaxTree.ParseText(source.Value, options, source.Key))];
        CSharpCompilation compilation = CSharpCompilation.Create(
            "ToolRM",
            [.. trees, CSharpSyntaxTree.ParseText(GlobalUsings, options)],
            PlatformReferences.All.Where(reference => Path.GetFileName(reference.FilePath) != "ToolRM.dll"),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        return [.. trees.SelectMany(tree => FindUses(tree, compilation.GetSemanticModel(tree))).Distinct()];
    }

    private static IEnumerable<Use> FindUses(SyntaxTree tree, SemanticModel model)
    {
        string room = Rooms.Of(tree.FilePath);
        foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            ISymbol? symbol = model.GetSymbolInfo(name).Symbol;
            ITypeSymbol? type = symbol as ITypeSymbol ?? symbol?.ContainingType;
            string? file = type?.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.FilePath;
            if (!string.IsNullOrEmpty(file) && Rooms.Of(file) is var other && other != room)
            {
                yield return new Use(room, other, $"{tree.FilePath} uses {type!.Name} of {file}");
            }
        }
    }

    private static string RelativePath(string file) =>
        Path.GetRelativePath(Path.Combine(SourceTree.Root, _folder), file).Replace(Path.DirectorySeparatorChar, '/');

    private sealed record Use(string Room, string Other, string Text);
}
