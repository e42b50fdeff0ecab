using System.Text.RegularExpressions;
using ToolRM.Tests.Api;

namespace ToolRM.Tests.TorchSharp;

/// <summary>Calls of TorchSharp that end the process or read freed memory, though they compile and mostly work.</summary>
public sealed partial class ForbiddenCallsTests
{
    private static readonly (string Path, string Text)[] _sources =
    [
        .. Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "src", "ToolRM.TorchSharp"), "*.cs", SearchOption.AllDirectories)
            .Select(path => (Path.GetRelativePath(SourceTree.Root, path), File.ReadAllText(path)))
            .Where(source => !source.Item1.Split(Path.DirectorySeparatorChar).Contains("obj")),
    ];

    [Fact]
    public void Matmul_whose_errors_end_the_process_is_not_called() => Calls(Matmul()).Should().BeEmpty("use mm, bmm or functional.linear");

    [Fact]
    public void Numbers_are_given_to_libtorch_in_one_place() =>
        Calls(WithNumber()).Should().NotBeEmpty().And.OnlyContain(
            call => call.StartsWith(Path.Combine("src", "ToolRM.TorchSharp", "Numbers.cs"), StringComparison.Ordinal), "only there they are kept alive");

    private static IEnumerable<string> Calls(Regex pattern) =>
        from source in _sources
        from line in source.Text.Split('\n')
        where pattern.IsMatch(line) && !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
        select $"{source.Path}: {line.Trim()}";

    [GeneratedRegex(@"\bmatmul\(")]
    private static partial Regex Matmul();

    [GeneratedRegex(@"\.(add|add_|sub_|mul_|div|div_|pow|pow_|clamp|clamp_|masked_fill|masked_fill_|fill_|addcmul_?|addcdiv_?)\(|(?<![\w.])(arange|full|linspace)\(")]
    private static partial Regex WithNumber();
}
