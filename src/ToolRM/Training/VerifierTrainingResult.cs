namespace ToolRM.Training;

/// <summary>A trained verifier and how well it does. Immutable.</summary>
public sealed record VerifierTrainingResult
{
    /// <summary>The model, ready to score and to be saved (<see cref="VerifierRewardModel.SaveAsync"/>).</summary>
    public required VerifierRewardModel Model { get; init; }

    /// <summary>Optimiser steps done.</summary>
    public required int Steps { get; init; }

    /// <summary>Figures of the pairs it was trained on, after the last step; they flatter it.</summary>
    public required PairwiseMetrics Training { get; init; }

    /// <summary>Figures of the held-out pairs; <see langword="null"/> if there were none.</summary>
    public PairwiseMetrics? HeldOut { get; init; }
}
