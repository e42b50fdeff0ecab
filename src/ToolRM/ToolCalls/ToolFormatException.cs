namespace ToolRM;

/// <summary>
/// JSON that is no conversation, tool, tool call or candidate in any known layout. The message names the place, what
/// was expected there and what was found.
/// </summary>
public sealed class ToolFormatException : ToolRMException
{
    /// <summary>An error at a place of a JSON document.</summary>
    /// <param name="path">The place as a JSON path, for example <c>$.messages[2].role</c>.</param>
    /// <param name="reason">What was expected and what was found, without the path.</param>
    /// <param name="innerException">The error that caused this one, if any.</param>
    public ToolFormatException(string path, string reason, Exception? innerException = null)
        : base($"{path}: {reason}", innerException)
    {
        Path = path;
        Reason = reason;
    }

    /// <summary>The place as a JSON path, for example <c>$.messages[2].role</c>.</summary>
    public string Path { get; }

    /// <summary>What was expected and what was found, without the path.</summary>
    public string Reason { get; }
}
