using ToolRM.Checkpoints;
using ToolRM.Cli.Options;
using ToolRM.Embedded;
using ToolRM.Models;
using ToolRM.Verification;

namespace ToolRM.Cli.Bench;

/// <summary>The transformer that is measured, while engines read its parameters.</summary>
internal sealed class BenchModel : IDisposable
{
    private readonly Checkpoint? _checkpoint;

    private BenchModel(string name, DecoderConfig config, IParameterSource parameters, Checkpoint? checkpoint)
    {
        Name = name;
        Config = config;
        Parameters = parameters;
        _checkpoint = checkpoint;
        ParameterCount = ParameterLayout.TotalCount(config);
    }

    /// <summary>Its folder, <c>embedded</c> or <c>random</c>.</summary>
    public string Name { get; }

    public DecoderConfig Config { get; }

    public IParameterSource Parameters { get; }

    public long ParameterCount { get; }

    /// <summary>Opens the model of a folder, makes one of a shape with random weights, or takes the embedded one.</summary>
    /// <exception cref="ToolRMException">The folder holds no model, or a damaged one.</exception>
    /// <exception cref="UsageException">The folder holds a verifier alone.</exception>
    public static BenchModel Open(string? folder, ModelShape? shape, int longestPath)
    {
        if (shape is not null)
        {
            DecoderConfig config = shape.ToConfig(shape.Vocabulary, longestPath, template: null);
            return new BenchModel("random", config, new SeededInitializer(seed: 1), checkpoint: null);
        }

        if (folder is not null && VerifierFile.IsAlone(folder))
        {
            throw new UsageException($"{folder} holds a verifier; bench measures transformers.");
        }

        Checkpoint checkpoint = folder is null ? EmbeddedFiles.OpenCheckpoint() : Checkpoint.OpenFolder(folder);
        return new BenchModel(checkpoint.Path, checkpoint.Config, checkpoint, checkpoint);
    }

    public void Dispose() => _checkpoint?.Dispose();
}
