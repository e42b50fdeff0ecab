using System.Globalization;
using ToolRM.Engines;
using ToolRM.Models;

namespace ToolRM.Training;

/// <summary>
/// What must be equal for a run to continue bitwise as if never stopped: the options that matter, the data and the
/// model. Options that only say when to report or save are free to change.
/// </summary>
internal static class RunIdentity
{
    /// <summary>Describes a run; the engine must hold the parameters from which it starts.</summary>
    public static Dictionary<string, string> Describe(
        PairwiseTrainingOptions options, TrainingPairs train, TrainingPairs heldOut, ITrainingEngine engine)
    {
        DecoderConfig config = engine.Config;
        var identity = new Dictionary<string, string>
        {
            [nameof(options.Epochs)] = Text(options.Epochs),
            [nameof(options.MaxSteps)] = options.MaxSteps is { } steps ? Text(steps) : "none",
            [nameof(options.LearningRate)] = Text(options.LearningRate),
            [nameof(options.WarmupFraction)] = Text(options.WarmupFraction),
            [nameof(options.FinalLearningRateFraction)] = Text(options.FinalLearningRateFraction),
            [nameof(options.Beta1)] = Text(options.Beta1),
            [nameof(options.Beta2)] = Text(options.Beta2),
            [nameof(options.Epsilon)] = Text(options.Epsilon),
            [nameof(options.WeightDecay)] = Text(options.WeightDecay),
            [nameof(options.MaxGradientNorm)] = Text(options.MaxGradientNorm),
            [nameof(options.CenteringCoefficient)] = Text(options.CenteringCoefficient),
            [nameof(options.LabelSmoothing)] = Text(options.LabelSmoothing),
            [nameof(options.PairsPerStep)] = Text(options.PairsPerStep),
            [nameof(options.TokensPerMicroBatch)] = Text(options.TokensPerMicroBatch),
            [nameof(options.Seed)] = Text(options.Seed),
            [nameof(options.EvaluationEvery)] = Text(options.EvaluationEvery),
            [nameof(options.KeepBest)] = options.KeepBest ? "true" : "false",
            ["training pairs"] = Text(train),
            ["held-out pairs"] = Text(heldOut),
            ["model"] = $"{config.ModelType}, {Text(config.Layers)} layers, hidden {Text(config.HiddenSize)}, " +
                $"vocabulary {Text(config.VocabularySize)}, initial values {Checksum(engine, options.Lora is not null):x8}",
        };
        if (options.Lora is { } lora)
        {
            identity[nameof(options.Lora)] = $"rank {Text(lora.Rank)}, alpha {Text(lora.Alpha)}, " +
                $"modules {string.Join(' ', lora.TargetModules.Distinct().Order(StringComparer.Ordinal))}";
        }

        return identity;
    }

    /// <exception cref="TrainingStateException">Something differs; the message names all of it.</exception>
    public static void Require(IReadOnlyDictionary<string, string> saved, IReadOnlyDictionary<string, string> now)
    {
        string[] differences =
        [
            .. now.Keys.Union(saved.Keys)
                .Where(name => saved.GetValueOrDefault(name) != now.GetValueOrDefault(name))
                .Select(name => $"{name} was {saved.GetValueOrDefault(name, "absent")} and is now {now.GetValueOrDefault(name, "absent")}"),
        ];
        if (differences.Length > 0)
        {
            throw new TrainingStateException(
                $"The saved run cannot be continued, because it is another one: {string.Join("; ", differences)}. Use the same " +
                "options, data and model, choose another output folder, or start over (Resume = false).");
        }
    }

    private static string Text(TrainingPairs pairs) => $"{Text(pairs.Count)} (fingerprint {pairs.Fingerprint():x16})";

    private static string Text<T>(T value) where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    /// <summary>Of all that is trained and, with adapters, of the model that these are for, to which they add nothing yet.</summary>
    private static uint Checksum(ITrainingEngine engine, bool hasAdapters)
    {
        var checksum = new Checksum();
        foreach (ParameterInfo parameter in hasAdapters ? engine.Parameters.Union(ParameterLayout.For(engine.Config)) : engine.Parameters)
        {
            var values = new float[parameter.Count];
            engine.Read(parameter, ParameterPart.Value, values);
            checksum.Append<float>(values);
        }

        return checksum.Value;
    }
}
