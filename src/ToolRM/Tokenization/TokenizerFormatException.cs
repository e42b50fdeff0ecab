namespace ToolRM.Tokenization;

/// <summary>
/// A <c>tokenizer.json</c> that is damaged, too large, or of a kind this library does not read. The message says what was
/// found and what is supported.
/// </summary>
public sealed class TokenizerFormatException : ToolRMException
{
    /// <summary>An error with a message that says what was expected and what was found.</summary>
    public TokenizerFormatException(string message) : base(message)
    {
    }

    /// <summary>As the other constructor, with the error that caused it.</summary>
    public TokenizerFormatException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}
