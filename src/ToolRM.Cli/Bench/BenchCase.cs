namespace ToolRM.Cli.Bench;

/// <summary>What runs a case.</summary>
/// <param name="Kernel">The matrix kernel; <see langword="null"/> for the one that would be chosen.</param>
/// <param name="ElementType">The arithmetic.</param>
/// <param name="Threads">Number of threads.</param>
internal readonly record struct EngineChoice(string? Kernel, ElementType ElementType, int Threads);

/// <summary>One row of a benchmark: what is computed, and by what.</summary>
/// <param name="Engine">What runs it.</param>
/// <param name="Batch">Trees of one call: requests, or pairs in training.</param>
/// <param name="PromptTokens">Length of each prompt; 0 for bare sequences.</param>
/// <param name="Candidates">Candidates of each prompt.</param>
/// <param name="CandidateTokens">Length of each candidate.</param>
internal sealed record BenchCase(EngineChoice Engine, int Batch, int PromptTokens, int Candidates, int CandidateTokens)
{
    /// <summary>Whether it is a training step, not scoring. A pair is a prompt with two candidates.</summary>
    public bool IsTraining { get; init; }

    /// <summary>Whether a prompt is computed for each of its candidates, as if they were requests of their own.</summary>
    public bool RepeatsPrompt { get; init; }

    /// <summary>Whether several candidates have a prompt in common, so that it can be shared.</summary>
    public bool HasCommonPrompt => PromptTokens > 0 && Candidates > 1;

    /// <summary>Length of each sequence.</summary>
    public int Path => PromptTokens + CandidateTokens;

    /// <summary>Tokens computed in one call: each prompt once for its tree, or once for each candidate where it is repeated.</summary>
    public long Tokens => RepeatsPrompt
        ? (long)Batch * Candidates * Path
        : (long)Batch * (PromptTokens + ((long)Candidates * CandidateTokens));
}
