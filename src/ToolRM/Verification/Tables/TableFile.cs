namespace ToolRM.Verification.Tables;

/// <summary>Reads the tables of facts beside this file. Blank lines and lines that begin with <c>#</c> are left out.</summary>
internal static class TableFile
{
    /// <summary>The lines of a table, without the blanks around them.</summary>
    /// <param name="name">The file's name: <c>states.txt</c>.</param>
    public static List<string> Read(string name)
    {
        string resource = "ToolRM.Verification.Tables." + name;
        using Stream stream = typeof(TableFile).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The library was built without its resource {resource}.");
        using var reader = new StreamReader(stream);
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            line = line.Trim();
            if (line.Length > 0 && line[0] != '#')
            {
                lines.Add(line);
            }
        }

        return lines;
    }

    /// <summary>The words of a table, whatever its lines are.</summary>
    public static IEnumerable<string> ReadWords(string name) =>
        Read(name).SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
