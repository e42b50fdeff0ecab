using System.Reflection;

namespace ToolRM.Verification.Tables;

/// <summary>Reads tables of facts, which are part of the assembly.</summary>
internal static class TableFile
{
    /// <summary>The lines of a table, such as <c>states.txt</c>, without blank ones and those that begin with <c>#</c>.</summary>
    public static IEnumerable<string> Read(string file)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"ToolRM.Verification.Tables.{file}")
            ?? throw new InvalidOperationException($"Expected the table {file} in the assembly, found none.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line) && !line.StartsWith('#'))
            {
                yield return line;
            }
        }
    }
}
