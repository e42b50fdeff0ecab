namespace ToolRM.Training;

/// <summary>What a finished training run did and where its models are. Immutable.</summary>
public sealed record TrainingResult
{
    /// <summary>Optimiser steps done.</summary>
    public required int Steps { get; init; }

    /// <summary>What became of the training pairs.</summary>
    public required PairCounts TrainingPairs { get; init; }

    /// <summary>What became of the held-out pairs.</summary>
    public required PairCounts HeldOutPairs { get; init; }

    /// <summary>Held-out figures after the last step; <see langword="null"/> without held-out pairs.</summary>
    public PairwiseMetrics? FinalHeldOut { get; init; }

    /// <summary>The step with the best held-out accuracy (then loss); <see langword="null"/> without held-out pairs.</summary>
    public int? BestStep { get; init; }

    /// <summary>Held-out figures of <see cref="BestStep"/>; they chose it, so they flatter it.</summary>
    public PairwiseMetrics? BestHeldOut { get; init; }

    /// <summary>Folder of the model after the last step, in Hugging Face layout.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>
    /// Folder of the adapters after the last step, in the layout of Hugging Face PEFT; they are merged into the model of
    /// <see cref="OutputFolder"/> already. <see langword="null"/> if all parameters were trained.
    /// </summary>
    public string? AdapterFolder { get; init; }

    /// <summary>Folder of the model of <see cref="BestStep"/>; <see langword="null"/> if none was kept.</summary>
    public string? BestFolder { get; init; }
}
