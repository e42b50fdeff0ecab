namespace ToolRM.Checkpoints;

/// <summary>A checkpoint (a Hugging Face model folder or one of its files) cannot be read or written.</summary>
public sealed class CheckpointException : ToolRMException
{
    /// <summary>An error in a file or folder.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="problem">What was expected, what was found and what to do.</param>
    /// <param name="tensor">The tensor concerned, if it is one.</param>
    /// <param name="innerException">The error that caused it, if there is one.</param>
    public CheckpointException(string path, string problem, string? tensor = null, Exception? innerException = null)
        : base(tensor is null ? $"{path}: {problem}" : $"{path}: tensor '{Printable(tensor)}': {problem}", innerException)
    {
        Path = path;
        Tensor = tensor;
    }

    /// <summary>The file or folder concerned; for a model that is not in a file, its name.</summary>
    public string Path { get; }

    /// <summary>The tensor concerned, or <see langword="null"/> if the error is not about one.</summary>
    public string? Tensor { get; }

    /// <summary>Text of unknown origin, short and without control characters, so that it can stand in a message.</summary>
    internal static string Printable(string text)
    {
        const int longest = 120;
        string start = text.Length <= longest ? text : string.Concat(text.AsSpan(0, longest), "...");
        return string.Create(start.Length, start, static (span, source) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(source[i]) || char.IsSurrogate(source[i]) ? '?' : source[i];
            }
        });
    }
}
