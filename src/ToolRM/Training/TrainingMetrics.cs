using System.Diagnostics.CodeAnalysis;

namespace ToolRM.Training;

/// <summary>
/// The figures of a training run after a step, one line of <c>metrics.jsonl</c> (names in snake_case). The inherited
/// figures are those of the training pairs since the last report, each scored before the step that learned from it.
/// </summary>
public sealed record TrainingMetrics : PairwiseMetrics
{
    /// <summary>Metrics to be filled in.</summary>
    public TrainingMetrics()
    {
    }

    /// <summary>The inherited figures from others; the rest is for the caller to set.</summary>
    [SetsRequiredMembers]
    internal TrainingMetrics(PairwiseMetrics training) : base(training)
    {
    }

    /// <summary>Optimiser steps done.</summary>
    public required int Step { get; init; }

    /// <summary>Optimiser steps of the whole run.</summary>
    public required int TotalSteps { get; init; }

    /// <summary>Epochs done, with fraction.</summary>
    public required double Epoch { get; init; }

    /// <summary>Mean L2 norm of all gradients together, before clipping.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>Learning rate of the step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>
    /// Tokens a second of training time (without evaluation and saving). What pairs share is computed, and counted, once.
    /// </summary>
    public required double TokensPerSecond { get; init; }

    /// <summary>Pairs a second of training time (without evaluation and saving).</summary>
    public required double PairsPerSecond { get; init; }

    /// <summary>Tokens computed since the start of the run.</summary>
    public required long TotalTokens { get; init; }

    /// <summary>Pairs learned from since the start of the run, each once an epoch.</summary>
    public required long TotalPairs { get; init; }

    /// <summary>The figures of the held-out pairs after this step; <see langword="null"/> when they were not evaluated.</summary>
    public PairwiseMetrics? HeldOut { get; init; }
}
