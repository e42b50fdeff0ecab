using ToolRM.Models;
using ToolRM.Training;

namespace ToolRM.Recipes;

/// <summary>How the embedded model is made. The defaults are those of the model in the library.</summary>
internal sealed record EmbeddedRecipeOptions
{
    /// <summary>Seed of everything random.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Share of the functions whose requests are held out.</summary>
    public double HeldOutFraction { get; init; } = 0.04;

    /// <summary>Most held-out pairs, of given and of made ones each.</summary>
    public int HeldOutPairs { get; init; } = 3_000;

    /// <summary>Made pairs that the verifier is trained on, besides all given ones.</summary>
    public int VerifierPairs { get; init; } = 60_000;

    /// <summary>How the verifier is trained.</summary>
    public VerifierTrainingOptions Verifier { get; init; } = new();

    /// <summary>How often the transformer meets the corpus, each time with newly made wrong answers.</summary>
    public int Draws { get; init; } = 3;

    /// <summary>Made pairs of a draw.</summary>
    public int MadePairsPerDraw { get; init; } = 48_000;

    /// <summary>Given pairs of a draw.</summary>
    public int GivenPairsPerDraw { get; init; } = 24_000;

    /// <summary>Wrong answers made from a right one in a draw.</summary>
    public int WrongPerRight { get; init; } = 3;

    /// <summary>Share of the requests whose names are replaced by meaningless ones.</summary>
    public double CipherShare { get; init; } = 0.25;

    /// <summary>Token ids of the tokenizer.</summary>
    public int Vocabulary { get; init; } = 6_144;

    /// <summary>Texts that the tokenizer is learnt from.</summary>
    public int TokenizerTexts { get; init; } = 40_000;

    /// <summary>Longest prompt and candidate in training, in tokens.</summary>
    public int MaxLength { get; init; } = 768;

    /// <summary>The weights of the transformer in the sum that are tried on the held-out pairs.</summary>
    public IReadOnlyList<double> Weights { get; init; } = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 1.5, 2];

    /// <summary>Threads, which make no difference to the result.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The transformer's shape.</summary>
    public DecoderConfig Shape { get; init; } = new()
    {
        ModelType = "qwen3",
        HasQueryKeyNorm = true,
        Layers = 4,
        HiddenSize = 128,
        IntermediateSize = 384,
        Heads = 4,
        KeyValueHeads = 2,
        HeadSize = 32,
        VocabularySize = 6_144,
        MaxLength = 4_096,
        Template = "annotated",
    };

    /// <summary>How the transformer is trained.</summary>
    public PairwiseTrainingOptions Training { get; init; } = new()
    {
        LearningRate = 1.5e-3,
        FinalLearningRateFraction = 0.02,
        WarmupFraction = 0.02,
        WeightDecay = 0.05,
        Beta2 = 0.98,
        PairsPerStep = 48,
        TokensPerMicroBatch = 8_192,
        EvaluationEvery = 500,
        LogEvery = 50,
        CheckpointEvery = 250,
        KeepBest = false,
    };
}
