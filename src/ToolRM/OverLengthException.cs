namespace ToolRM;

/// <summary>A prompt with one of its candidates is longer than the model can read. Nothing is ever cut silently.</summary>
public sealed class OverLengthException : ToolRMException
{
    /// <summary>For reward models of your own; see the properties for the parameters.</summary>
    public OverLengthException(int request, int candidate, int tokens, int maxLength)
        : base(
            $"Request {request}, candidate {candidate}: {tokens} tokens, more than the maximum of {maxLength}. "
            + "Shorten the conversation or the tool catalog, raise RewardModelOptions.MaxLength if the model allows it, "
            + "or set RewardModelOptions.OverLength to DropOldestMessages.") =>
        (Request, Candidate, Tokens, MaxLength) = (request, candidate, tokens, maxLength);

    /// <summary>Index of the request in its batch, from 0.</summary>
    public int Request { get; }

    /// <summary>Index of the candidate in its request, from 0.</summary>
    public int Candidate { get; }

    /// <summary>Length of prompt and candidate, in tokens.</summary>
    public int Tokens { get; }

    /// <summary>The longest length allowed, in tokens.</summary>
    public int MaxLength { get; }
}
