namespace ToolRM.Training;

/// <summary>A preference pair as token ids; none of the three is empty.</summary>
/// <param name="Id">The pair's id, for messages.</param>
/// <param name="Prompt">Conversation and tools.</param>
/// <param name="Chosen">The right candidate, which continues the prompt.</param>
/// <param name="Rejected">The wrong candidate, which continues the prompt.</param>
/// <param name="Margin">By how much the chosen reward should exceed the rejected one at least.</param>
/// <param name="Draw">Pairs of different draws are never put into one tree, so that an epoch meets a prompt as often as it has draws.</param>
internal sealed record TokenizedPair(string Id, int[] Prompt, int[] Chosen, int[] Rejected, double Margin = 0, int Draw = 0)
{
    /// <summary>Length of the longer of its two sequences.</summary>
    public int Length => Prompt.Length + Math.Max(Chosen.Length, Rejected.Length);

    /// <summary>Whether both candidates are the same tokens, so that there is nothing to learn.</summary>
    public bool IsIdentical => Chosen.AsSpan().SequenceEqual(Rejected);
}
