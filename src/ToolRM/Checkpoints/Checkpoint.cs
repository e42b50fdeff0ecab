using ToolRM.Models;

namespace ToolRM.Checkpoints;

/// <summary>
/// An open reward model in Hugging Face's layout: a folder with config.json and safetensors weights, or the same in memory.
/// Everything is checked when it is opened; values are read when they are asked for. Reads may run on many threads at once.
/// </summary>
internal sealed class Checkpoint : IStoredParameters, IDisposable
{
    private const int MaxConfigLength = 4_000_000;

    private readonly TensorIndex _tensors;
    private readonly ParameterBinding _binding;
    private readonly SeededInitializer? _newHead;

    private Checkpoint(string path, HuggingFaceConfig config, TensorIndex tensors, ulong? newHeadSeed)
    {
        Path = path;
        Config = config.Decoder;
        _tensors = tensors;
        _binding = ParameterBinding.Create(config, tensors, path, newHeadSeed is not null, out LoadReport report);
        _newHead = newHeadSeed is { } seed && report.HasNewHead ? new SeededInitializer(seed) : null;
        Report = report;
    }

    /// <summary>The folder, or the name it was given.</summary>
    public string Path { get; }

    /// <summary>The model's shape.</summary>
    public DecoderConfig Config { get; }

    /// <summary>What was found.</summary>
    public LoadReport Report { get; }

    /// <summary>The folder's tokenizer.json; <see langword="null"/> if there is none.</summary>
    public string? TokenizerPath { get; private init; }

    /// <summary>Opens a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="newHeadSeed">
    /// <see langword="null"/>: the reward head must be there, as for scoring. A seed: if it is missing, as in a language
    /// model, it is initialised from the seed, for fine-tuning. A head of more than one output is an error either way.
    /// </param>
    /// <exception cref="CheckpointException">
    /// The folder is no reward model, a file is damaged, or the config asks for something that is not supported.
    /// </exception>
    public static Checkpoint OpenFolder(string folder, ulong? newHeadSeed = null)
    {
        if (!Directory.Exists(folder))
        {
            throw new CheckpointException(folder, AtomicFolder.HasInterruptedSave(folder)
                ? $"is not there: a save was interrupted. The checkpoint before it is in '{AtomicFolder.PreviousOf(folder)}': rename that folder"
                : "there is no such folder");
        }

        string configPath = System.IO.Path.Combine(folder, CheckpointFiles.Config);
        if (!File.Exists(configPath))
        {
            throw new CheckpointException(folder, File.Exists(System.IO.Path.Combine(folder, CheckpointFiles.AdapterConfig))
                ? $"holds an adapter, not a model. Put it on its base model first: 'toolrm merge BASE {folder} --out DIR' or LoraAdapter.Merge"
                : $"is no model folder: it holds no {CheckpointFiles.Config}");
        }

        HuggingFaceConfig config = HuggingFaceConfig.Read(CheckpointFiles.Read(configPath, MaxConfigLength), configPath);
        string tokenizer = System.IO.Path.Combine(folder, CheckpointFiles.Tokenizer);
        return Open(folder, config, TensorIndex.Open(folder), newHeadSeed, File.Exists(tokenizer) ? tokenizer : null);
    }

    /// <summary>Opens a model that is in memory.</summary>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="config">The bytes of its config.json.</param>
    /// <param name="weights">The bytes of its safetensors file; owned by the result, or disposed if it cannot be opened.</param>
    /// <exception cref="CheckpointException">As for <see cref="OpenFolder"/>.</exception>
    public static Checkpoint OpenMemory(string name, ReadOnlyMemory<byte> config, TensorMemory weights)
    {
        TensorIndex tensors = TensorIndex.Of(SafetensorsFile.Open(name, weights));
        try
        {
            return Open(name, HuggingFaceConfig.Read(config, name), tensors, newHeadSeed: null, tokenizerPath: null);
        }
        catch
        {
            tensors.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="CheckpointException">The tensor's type cannot be read.</exception>
    public void Read(ParameterInfo parameter, Span<float> destination) => ReadRows(parameter, 0, destination);

    /// <inheritdoc/>
    public bool IsBFloat16(ParameterInfo parameter) =>
        !IsNew(parameter) && _tensors.Find(_binding.NameOf(parameter))!.Type == TensorType.BF16;

    /// <inheritdoc/>
    /// <exception cref="CheckpointException">The tensor's type cannot be read.</exception>
    public void ReadRows(ParameterInfo parameter, int firstRow, Span<float> destination)
    {
        if (IsNew(parameter))
        {
            _newHead!.Read(parameter, destination);
        }
        else
        {
            _tensors.Read(_binding.NameOf(parameter), (long)firstRow * parameter.Columns, destination);
        }
    }

    public void Dispose() => _tensors.Dispose();

    private bool IsNew(ParameterInfo parameter) => parameter.Kind == ParameterKind.Head && _newHead is not null;

    private static Checkpoint Open(string path, HuggingFaceConfig config, TensorIndex tensors, ulong? newHeadSeed, string? tokenizerPath)
    {
        try
        {
            return new Checkpoint(path, config, tensors, newHeadSeed) { TokenizerPath = tokenizerPath };
        }
        catch
        {
            tensors.Dispose();
            throw;
        }
    }
}
