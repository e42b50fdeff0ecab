namespace ToolRM.Training;

/// <summary>How many pairs were read and what became of them. Immutable.</summary>
/// <param name="Read">All pairs of the input.</param>
/// <param name="OverLength">Left out because prompt and longer candidate together exceed the maximum length; nothing is ever truncated.</param>
/// <param name="Identical">Left out because both candidates are the same tokens.</param>
public sealed record PairCounts(int Read, int OverLength, int Identical)
{
    /// <summary>Pairs that are trained or evaluated on.</summary>
    public int Used => Read - OverLength - Identical;
}
