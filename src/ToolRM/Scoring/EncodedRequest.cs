using ToolRM.Verification;

namespace ToolRM.Scoring;

/// <summary>A request as token ids.</summary>
/// <param name="Prompt">The prompt's ids; empty for bare sequences.</param>
/// <param name="Candidates">Each candidate's ids.</param>
/// <param name="DroppedMessages">Messages left out to make it fit.</param>
internal sealed record EncodedRequest(int[] Prompt, int[][] Candidates, int DroppedMessages = 0)
{
    /// <summary>The candidates with what is known of them; empty for bare sequences.</summary>
    public IReadOnlyList<CandidateFacts> Facts { get; init; } = [];
}
