using System.Reflection;

namespace ToolRM.Tests.Api;

/// <summary>The public surface of an assembly against the file where it is written down.</summary>
internal static class ApiFile
{
    private const string AcceptVariable = "TOOLRM_ACCEPT_API";

    /// <summary>Fails with the lines that differ; writes the file instead where the variable asks for it.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="project">The folder of the test project, from the root of the repository.</param>
    /// <param name="file">The file, from that folder.</param>
    public static void Compare(Assembly assembly, string project, string file)
    {
        string path = Path.Combine(SourceTree.Root, project, file);
        string actual = ApiListing.Of(assembly);
        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1")
        {
            File.WriteAllText(path, actual);
        }

        string expected = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (actual != expected)
        {
            Assert.Fail(
                $"""
                The public surface of {assembly.GetName().Name} is not the one in {path}:

                {string.Join('\n', Difference(Lines(expected), Lines(actual)))}

                Users compile against it. If the change is meant, accept it and commit the file:
                    {AcceptVariable}=1 dotnet test -c Release {project} --filter FullyQualifiedName~PublicApiTests
                """);
        }
    }

    /// <summary>The lines of one side only, each with the head of its type.</summary>
    public static IEnumerable<string> Difference(string[] expected, string[] actual)
    {
        (string Type, string Line)[] before = [.. WithTypes(expected)], after = [.. WithTypes(actual)];
        HashSet<(string, string)> removed = [.. before.Except(after)], added = [.. after.Except(before)];
        IEnumerable<string> types = before.Concat(after).Where(entry => removed.Contains(entry) || added.Contains(entry))
            .Select(entry => entry.Type).Distinct().Order(StringComparer.Ordinal);
        foreach (string type in types)
        {
            if (!removed.Contains((type, type)) && !added.Contains((type, type)))
            {
                yield return $"  {type}";
            }

            foreach ((string _, string line) in before.Where(entry => entry.Type == type && removed.Contains(entry)))
            {
                yield return $"- {line}";
            }

            foreach ((string _, string line) in after.Where(entry => entry.Type == type && added.Contains(entry)))
            {
                yield return $"+ {line}";
            }
        }
    }

    private static IEnumerable<(string Type, string Line)> WithTypes(string[] lines)
    {
        string type = "";
        foreach (string line in lines.Where(line => line.Length > 0))
        {
            type = line.StartsWith(' ') ? type : line;
            yield return (type, line);
        }
    }

    private static string[] Lines(string text) => text.TrimEnd('\n').Split('\n');
}
