namespace ToolRM.Synthesis;

/// <summary>A prompt with its right answer, from which wrong answers are made. Immutable.</summary>
/// <param name="Id">The example's id; ids of pairs made from it begin with it.</param>
/// <param name="Prompt">The conversation and the tools.</param>
/// <param name="Gold">The right calls.</param>
/// <param name="Source">Where the example comes from, if known.</param>
public sealed record GoldExample(string Id, ToolPrompt Prompt, Candidate Gold, string? Source);
