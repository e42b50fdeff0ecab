using System.Text.Json.Serialization;

namespace ToolRM.Training;

/// <summary>
/// Everything a run needs to continue besides the engine's parameters and moments. Epoch, position and order of the
/// pairs follow from the step, and nothing else is random.
/// </summary>
internal sealed class TrainingState
{
    /// <summary>What the run is about; see <see cref="RunIdentity"/>.</summary>
    public required Dictionary<string, string> Identity { get; init; }

    /// <summary>Optimiser steps done.</summary>
    public int Step { get; set; }

    /// <summary>The last step whose model was evaluated on the held-out pairs.</summary>
    public int EvaluatedStep { get; set; }

    /// <summary>The last step that was reported.</summary>
    public int LoggedStep { get; set; }

    public long TotalPairs { get; set; }

    public long TotalTokens { get; set; }

    public TrainingWindow Window { get; set; } = new();

    public PairwiseMetrics? HeldOut { get; set; }

    public int? BestStep { get; set; }

    public PairwiseMetrics? BestHeldOut { get; set; }
}

/// <summary>Reading and writing of states and metrics without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TrainingState))]
[JsonSerializable(typeof(TrainingMetrics))]
internal sealed partial class TrainingJson : JsonSerializerContext;
