using ToolRM.Checkpoints;
using ToolRM.Engines;
using ToolRM.Engines.Cpu;
using ToolRM.Models;
using ToolRM.Prompts;
using ToolRM.Tokenization;
using ToolRM.Tokenization.Json;

namespace ToolRM.Training;

/// <summary>What training starts from: a shape, a tokenizer with its template, and the first parameters.</summary>
/// <param name="Config">The shape, with the template's name.</param>
/// <param name="Tokenizer">The tokenizer.</param>
/// <param name="TokenizerJson">The bytes of tokenizer.json, saved with every model.</param>
/// <param name="CreateEngine">Creates an engine on the first parameters; of the options, the seed is for what is not given.</param>
internal sealed record InitialModel(
    DecoderConfig Config, ITokenizer Tokenizer, ReadOnlyMemory<byte> TokenizerJson, Func<PairwiseTrainingOptions, ITrainingEngine> CreateEngine)
{
    /// <summary>The folder it is in, which training must not write to; <see langword="null"/> for a new model.</summary>
    public string? Folder { get; private init; }

    public PromptTemplate Template => PromptTemplate.Get(Config.Template!);

    /// <summary>A model of a given shape with seeded parameters.</summary>
    public static InitialModel New(DecoderConfig config, BpeTokenizer tokenizer, int threads)
    {
        using var json = new MemoryStream();
        tokenizer.Save(json);
        var model = new InitialModel(config, tokenizer, json.ToArray(), options =>
            Engine(config, new SeededInitializer(options.Seed), threads, options));
        model.Check("The new model");
        return model;
    }

    /// <summary>The model in a folder: a reward model, or a language model, which gets a seeded reward head.</summary>
    public static InitialModel Open(string folder, string? template, int threads)
    {
        // The seed of a new head is chosen when training starts; here it only says that a missing head is no error.
        using Checkpoint checkpoint = Checkpoint.OpenFolder(folder, newHeadSeed: 0);
        string path = checkpoint.TokenizerPath
            ?? throw new ToolRMException($"'{folder}' has no {CheckpointFiles.Tokenizer}, which training on pairs needs: put the model's own there.");
        byte[] json = CheckpointFiles.Read(path, TokenizerJsonReader.MaxBytes);
        BpeTokenizer tokenizer = BpeTokenizer.Load(json);
        DecoderConfig config = checkpoint.Config;
        config = config with { Template = template ?? config.Template ?? PromptTemplate.Implied(config, tokenizer) };
        var model = new InitialModel(config, tokenizer, json, options =>
        {
            using Checkpoint source = Checkpoint.OpenFolder(folder, options.Seed);
            return Engine(config, source, threads, options);
        })
        {
            Folder = folder,
        };
        model.Check($"The model '{folder}'");
        return model;
    }

    /// <summary>Writes the engine's parameters as a Hugging Face folder of this model.</summary>
    public void Save(string folder, ITrainingEngine engine) =>
        CheckpointWriter.Save(folder, Config, new EngineParameters(engine), TokenizerJson);

    private void Check(string name)
    {
        if (DecoderConfigRules.FindProblem(Config) is { } problem)
        {
            throw new ToolRMException($"{name} cannot be trained: {problem}.");
        }

        if (Config.Template is null)
        {
            throw new ToolRMException($"{name} does not say which prompt template it uses. Name one: {string.Join(", ", PromptTemplate.Names)}.");
        }

        if (Tokenizer.VocabularySize > Config.VocabularySize)
        {
            throw new ToolRMException(
                $"{name} has {Config.VocabularySize} token ids (vocab_size), but its tokenizer has {Tokenizer.VocabularySize}. " +
                "Use the tokenizer that belongs to the model, or a larger vocab_size.");
        }

        Template.EnsureSupportedBy(Tokenizer);
    }

    private static CpuTrainingEngine Engine(DecoderConfig config, IParameterSource parameters, int threads, PairwiseTrainingOptions options)
    {
        KernelPlan plan = CpuKernelSelector.Select(
            CpuCapabilities.Current, threads, Environment.GetEnvironmentVariable(CpuKernelSelector.Variable));
        return new(config, parameters, plan, options.RecomputeActivations);
    }
}
