using ToolRM.Models;

namespace ToolRM.Training;

/// <summary>How a reward model is trained on pairs. Immutable; every value out of range is an error before training starts.</summary>
public sealed record PairwiseTrainingOptions
{
    /// <summary>
    /// The recipe of the reward models of Agarwal et al., "ToolRM: Outcome Reward Models for Tool-Calling Large Language Models"
    /// (arXiv 2509.11963), which fine-tune Qwen2.5-Instruct of 1.5, 7 and 14 billion parameters as a whole: give
    /// <see cref="PairwiseTrainer.FromFolder"/> such a folder.
    /// </summary>
    /// <remarks>
    /// Of the paper: the loss of a pair, with centering. Reported for it, but not checked against its text: all parameters trained for
    /// one epoch, a learning rate of 1e-6 with 3 % warm-up and cosine decay, a centering coefficient of 0.01 (recommended by the usual
    /// implementation of its source, Eisenstein et al., arXiv 2312.09244). Our choice, because they are not known: 64 pairs a step, a
    /// decay down to 0, AdamW without weight decay and with the second moment's usual 0.999, gradients clipped at 1, sequences of at
    /// most 8192 tokens, activations computed again (the same result in less memory).
    /// </remarks>
    public static PairwiseTrainingOptions Paper { get; } = new()
    {
        Epochs = 1,
        LearningRate = 1e-6,
        WarmupFraction = 0.03,
        FinalLearningRateFraction = 0,
        CenteringCoefficient = 0.01,
        PairsPerStep = 64,
        Beta2 = 0.999,
        WeightDecay = 0,
        MaxLength = 8192,
        RecomputeActivations = true,
    };

    /// <summary>How often every pair is learned from; at least 1, default 1.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Ends the run, and its learning-rate schedule, after this many optimiser steps if the epochs have more; at least 1, default none.</summary>
    public int? MaxSteps { get; init; }

    /// <summary>
    /// The peak learning rate; above 0, default 3e-4, which suits models of a few million parameters trained from
    /// scratch. About 1e-5 to fine-tune a model of a billion.
    /// </summary>
    public double LearningRate { get; init; } = 3e-4;

    /// <summary>Fraction of all steps in which the learning rate rises linearly to its peak; 0 to 1, default 0.03.</summary>
    public double WarmupFraction { get; init; } = 0.03;

    /// <summary>Where the cosine decay ends, as a fraction of <see cref="LearningRate"/>; 0 to 1, default 0.1.</summary>
    public double FinalLearningRateFraction { get; init; } = 0.1;

    /// <summary>AdamW: decay of the first moment; 0 up to but not including 1, default 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>AdamW: decay of the second moment; 0 up to but not including 1, default 0.95.</summary>
    public double Beta2 { get; init; } = 0.95;

    /// <summary>AdamW: added to the root of the second moment; above 0, default 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>AdamW: decoupled decay of matrices and embeddings, times the learning rate each step; 0 or more, default 0.1.</summary>
    public double WeightDecay { get; init; } = 0.1;

    /// <summary>
    /// Gradients are scaled down to this L2 norm, taken over all parameters together; above 0, default 1.
    /// <see cref="double.PositiveInfinity"/> switches clipping off.
    /// </summary>
    public double MaxGradientNorm { get; init; } = 1;

    /// <summary>
    /// Weight of the squared sum of a pair's rewards, which keeps rewards near 0 (Eisenstein et al., arXiv 2312.09244);
    /// 0 or more, default 0.01.
    /// </summary>
    public double CenteringCoefficient { get; init; } = 0.01;

    /// <summary>Assumed fraction of pairs whose order is wrong; 0 up to but not including 0.5, default 0.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>Pairs of one optimiser step, whose losses are averaged; at least 1, default 32. An epoch's last step may have fewer.</summary>
    public int PairsPerStep { get; init; } = 32;

    /// <summary>
    /// Most tokens that pass the model at once, which bounds memory; at least 1, default 8192. A step's pairs are split by
    /// it and their gradients added up, which changes results by rounding only. A pair that alone has more passes alone. Where
    /// a graphics processor's memory does not suffice, the number is halved, with a warning.
    /// </summary>
    public int TokensPerMicroBatch { get; init; } = 8192;

    /// <summary>
    /// Whether to keep only the input of each layer for the backward pass and to compute the rest again, one layer at a
    /// time (gradient checkpointing; Chen et al., arXiv 1604.06174): a third to a fifth of the memory that grows with the
    /// tokens of a micro-batch, about a quarter more time, the same results bit for bit. Default false.
    /// </summary>
    public bool RecomputeActivations { get; init; }

    /// <summary>
    /// Longest sequence, prompt and candidate together, in tokens; at least 2, default the model's own maximum, which a larger
    /// number does not raise. Longer pairs are left out and counted, never truncated.
    /// </summary>
    public int? MaxLength { get; init; }

    /// <summary>
    /// The adapters to train in place of the model's own matrices, together with the reward head: a fraction of the memory, on a
    /// device of libtorch. The model must come from a folder. Default <see langword="null"/>: all parameters are trained. Learning rates
    /// about ten times as high as for all parameters suit adapters.
    /// </summary>
    public LoraOptions? Lora { get; init; }

    /// <summary>Seed of shuffling, and of the initial values of what is new, adapters among it; any value, default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Steps between evaluations of the held-out pairs; at least 1, default 100. The last step is always evaluated.</summary>
    public int EvaluationEvery { get; init; } = 100;

    /// <summary>Steps between reports of metrics; at least 1, default 10. Evaluations and the last step always report.</summary>
    public int LogEvery { get; init; } = 10;

    /// <summary>Steps between saves of the resumable state; at least 1, default 100. The last step and a cancelled run always save.</summary>
    public int CheckpointEvery { get; init; } = 100;

    /// <summary>
    /// Whether the model with the best held-out accuracy (on equal accuracy, the lowest loss) is kept in the folder
    /// <c>best</c>; default true.
    /// </summary>
    public bool KeepBest { get; init; } = true;

    /// <summary>
    /// Whether a state saved in the output folder is continued, which needs the same options, data and model; default
    /// true. <see langword="false"/> discards it and starts over.
    /// </summary>
    public bool Resume { get; init; } = true;

    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    /// <exception cref="ArgumentException">The adapters are for modules that are none.</exception>
    internal void Validate()
    {
        OptionRules.Count(nameof(Epochs), Epochs);
        OptionRules.Check(MaxSteps is null or >= 1, nameof(MaxSteps), MaxSteps, "at least 1, or null");
        OptionRules.Positive(nameof(LearningRate), LearningRate);
        OptionRules.Fraction(nameof(WarmupFraction), WarmupFraction);
        OptionRules.Fraction(nameof(FinalLearningRateFraction), FinalLearningRateFraction);
        OptionRules.ProperFraction(nameof(Beta1), Beta1);
        OptionRules.ProperFraction(nameof(Beta2), Beta2);
        OptionRules.Positive(nameof(Epsilon), Epsilon);
        OptionRules.NotNegative(nameof(WeightDecay), WeightDecay);
        OptionRules.Check(MaxGradientNorm > 0, nameof(MaxGradientNorm), MaxGradientNorm, "above 0");
        OptionRules.NotNegative(nameof(CenteringCoefficient), CenteringCoefficient);
        OptionRules.Check(LabelSmoothing is >= 0 and < 0.5, nameof(LabelSmoothing), LabelSmoothing, "from 0 up to but not including 0.5");
        OptionRules.Count(nameof(PairsPerStep), PairsPerStep);
        OptionRules.Count(nameof(TokensPerMicroBatch), TokensPerMicroBatch);
        OptionRules.Check(MaxLength is null or >= 2, nameof(MaxLength), MaxLength, "at least 2, or null");
        Lora?.Validate();
        OptionRules.Count(nameof(EvaluationEvery), EvaluationEvery);
        OptionRules.Count(nameof(LogEvery), LogEvery);
        OptionRules.Count(nameof(CheckpointEvery), CheckpointEvery);
    }
}
