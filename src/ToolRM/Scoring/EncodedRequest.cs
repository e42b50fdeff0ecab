namespace ToolRM.Scoring;

/// <summary>A request as token ids.</summary>
/// <param name="Prompt">The prompt's ids; empty for bare sequences.</param>
/// <param name="Candidates">Each candidate's ids.</param>
/// <param name="DroppedMessages">Messages left out to make it fit.</param>
internal sealed record EncodedRequest(int[] Prompt, int[][] Candidates, int DroppedMessages = 0);
