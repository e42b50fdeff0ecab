using ToolRM.Checkpoints;
using ToolRM.Engines;
using ToolRM.Engines.Devices;
using ToolRM.Models;
using ToolRM.Prompts;
using ToolRM.Tokenization;
using ToolRM.Tokenization.Json;

namespace ToolRM.Training;

/// <summary>What training starts from: a shape, a tokenizer with its template, and the first parameters.</summary>
/// <param name="Config">The shape, with the template's name.</param>
/// <param name="Tokenizer">The tokenizer.</param>
/// <param name="TokenizerJson">The bytes of tokenizer.json, saved with every model.</param>
/// <param name="Request">What is asked of every engine.</param>
/// <param name="CreateEngine">Creates an engine on the first parameters; of the options, the seed is for what is not given.</param>
internal sealed record InitialModel(
    DecoderConfig Config,
    ITokenizer Tokenizer,
    ReadOnlyMemory<byte> TokenizerJson,
    EngineRequest Request,
    Func<PairwiseTrainingOptions, ITrainingEngine> CreateEngine)
{
    /// <summary>The folder it is in, which training must not write to; <see langword="null"/> for a new model.</summary>
    public string? Folder { get; private init; }

    public PromptTemplate Template => PromptTemplate.Get(Config.Template!);

    /// <summary>A model of a given shape with seeded parameters.</summary>
    public static InitialModel New(DecoderConfig config, BpeTokenizer tokenizer, EngineRequest request)
    {
        using var json = new MemoryStream();
        tokenizer.Save(json);
        var model = new InitialModel(config, tokenizer, json.ToArray(), request, options =>
            Engine(config, new SeededInitializer(options.Seed), request, options));
        model.Check("The new model");
        return model;
    }

    /// <summary>The model in a folder: a reward model, or a language model, which gets a seeded reward head.</summary>
    public static InitialModel Open(string folder, string? template, EngineRequest request)
    {
        // The seed of a new head is chosen when training starts; here it only says that a missing head is no error.
        using Checkpoint checkpoint = Checkpoint.OpenFolder(folder, newHeadSeed: 0);
        string path = checkpoint.TokenizerPath
            ?? throw new ToolRMException($"'{folder}' has no {CheckpointFiles.Tokenizer}, which training on pairs needs: put the model's own there.");
        byte[] json = CheckpointFiles.Read(path, TokenizerJsonReader.MaxBytes);
        BpeTokenizer tokenizer = BpeTokenizer.Load(json);
        DecoderConfig config = checkpoint.Config;
        config = config with { Template = template ?? config.Template ?? PromptTemplate.Implied(config, tokenizer) };
        var model = new InitialModel(config, tokenizer, json, request, options =>
        {
            using Checkpoint source = Checkpoint.OpenFolder(folder, options.Seed);
            return Engine(config, source, request, options);
        })
        {
            Folder = folder,
        };
        model.Check($"The model '{folder}'");
        return model;
    }

    /// <summary>What would train it, and why.</summary>
    /// <exception cref="DeviceException">The device cannot train what the options ask for.</exception>
    /// <exception cref="ToolRMException">Adapters are asked for, and there is no model that they could be put on.</exception>
    public KernelPlan Describe(PairwiseTrainingOptions options) => options.Lora is not null && Folder is null
        ? throw new ToolRMException(
            "Adapters (LoRA) are for a model that is there already. Start from a model's folder, or train all parameters (without adapters).")
        : EngineFactory.Current.Describe(Config, For(Request, options));

    /// <summary>
    /// Writes the engine's parameters as a Hugging Face folder of this model, adapters merged, and beside it the adapters themselves.
    /// </summary>
    public void Save(string folder, ITrainingEngine engine, LoraOptions? lora)
    {
        var parameters = new EngineParameters(engine);
        CheckpointWriter.Save(folder, Config, parameters, TokenizerJson, addFiles: lora is null ? null : fresh =>
            AdapterWriter.Write(Path.Combine(fresh, CheckpointFiles.AdapterFolder), Config, lora, parameters, Folder));
    }

    /// <summary>Finds what would stop any training.</summary>
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
        _ = EngineFactory.Current.Describe(Config, Request);
    }

    private static ITrainingEngine Engine(
        DecoderConfig config, IParameterSource parameters, EngineRequest request, PairwiseTrainingOptions options) =>
        EngineFactory.Current.CreateTrainer(config, parameters, For(request, options));

    private static EngineRequest For(EngineRequest request, PairwiseTrainingOptions options) => request with
    {
        TokenBudget = options.TokensPerMicroBatch,
        RecomputesActivations = options.RecomputeActivations,
        Lora = options.Lora,
        Seed = options.Seed,
    };
}
