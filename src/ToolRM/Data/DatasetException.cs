using System.Globalization;

namespace ToolRM.Data;

/// <summary>A dataset file, or a row of it, that cannot be read. The message begins with file, line and column.</summary>
public sealed class DatasetException : ToolRMException
{
    /// <summary>An error at a place of a dataset file.</summary>
    /// <param name="file">The file as it was named.</param>
    /// <param name="line">The line number from 1; 0 if the whole file is meant.</param>
    /// <param name="column">The column (the property of the row); <see langword="null"/> if the whole row is meant.</param>
    /// <param name="reason">What was expected and what was found.</param>
    /// <param name="innerException">The error that caused this one, if any.</param>
    public DatasetException(string file, long line, string? column, string reason, Exception? innerException = null)
        : base(Describe(file, line, column, reason), innerException)
    {
        File = file;
        Line = line;
        Column = column;
    }

    /// <summary>The file as it was named.</summary>
    public string File { get; }

    /// <summary>The line number from 1; 0 if the whole file is meant.</summary>
    public long Line { get; }

    /// <summary>The column (the property of the row); <see langword="null"/> if the whole row is meant.</summary>
    public string? Column { get; }

    private static string Describe(string file, long line, string? column, string reason)
    {
        string place = line == 0 ? file : string.Create(CultureInfo.InvariantCulture, $"{file}:{line}");
        return column is null ? $"{place}: {reason}" : $"{place}: column '{column}': {reason}";
    }
}
