using ToolRM.Models;

namespace ToolRM.Checkpoints;

/// <summary>Writes reward models as Hugging Face folders, which Transformers and <see cref="Checkpoint"/> read.</summary>
internal static class CheckpointWriter
{
    /// <summary>Writes config.json, model.safetensors and tokenizer.json; an existing checkpoint is replaced as a whole, or not at all.</summary>
    /// <param name="folder">The folder; other files in it are kept.</param>
    /// <param name="config">The model's shape.</param>
    /// <param name="parameters">Gives the values.</param>
    /// <param name="tokenizerJson">The bytes of tokenizer.json; empty for a model that is only used with token ids.</param>
    /// <param name="type"><see cref="TensorType.F32"/>, or <see cref="TensorType.BF16"/>, which rounds the values to 8 significant bits.</param>
    /// <param name="addFiles">Writes further files, which replace or appear together with the checkpoint, into the folder it is given.</param>
    /// <param name="cancellationToken">Stops the writing and leaves the old checkpoint.</param>
    /// <exception cref="ArgumentException">The shape is impossible.</exception>
    /// <exception cref="CheckpointException">The disk is full, access is denied and the like.</exception>
    public static void Save(
        string folder,
        DecoderConfig config,
        IParameterSource parameters,
        ReadOnlyMemory<byte> tokenizerJson,
        TensorType type = TensorType.F32,
        Action<string>? addFiles = null,
        CancellationToken cancellationToken = default)
    {
        byte[] configJson = HuggingFaceConfigWriter.Write(config, type);
        TensorToWrite[] tensors = [.. ParameterLayout.For(config).Select(parameter => TensorToWrite.From(parameter, parameters))];
        AtomicFolder.Write(folder, fresh =>
        {
            SafetensorsWriter.Write(Path.Combine(fresh, CheckpointFiles.Weights), tensors, type, cancellationToken: cancellationToken);
            AtomicFile.Write(Path.Combine(fresh, CheckpointFiles.Config), configJson);
            if (!tokenizerJson.IsEmpty)
            {
                AtomicFile.Write(Path.Combine(fresh, CheckpointFiles.Tokenizer), tokenizerJson);
            }

            addFiles?.Invoke(fresh);
        });
    }
}
