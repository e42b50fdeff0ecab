namespace ToolRM;

/// <summary>Base of the errors the library raises about its inputs: data files, checkpoints, requests.</summary>
public class ToolRMException : Exception
{
    /// <summary>An error with a message that says what was expected, what was found and what to do.</summary>
    public ToolRMException(string message) : base(message)
    {
    }

    /// <summary>As the other constructor, with the error that caused it.</summary>
    public ToolRMException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}
