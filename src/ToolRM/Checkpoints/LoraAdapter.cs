using ToolRM.Models;

namespace ToolRM.Checkpoints;

/// <summary>
/// Low-rank adapters (LoRA) in the folder layout of Hugging Face PEFT (<c>adapter_config.json</c>, <c>adapter_model.safetensors</c>):
/// what <see cref="Training.PairwiseTrainingOptions.Lora"/> leaves beside the trained model, or what PEFT saved. Safe for concurrent
/// calls that write different folders.
/// </summary>
public static class LoraAdapter
{
    /// <summary>Puts an adapter on its base model: writes a reward model's folder that needs neither of the two.</summary>
    /// <remarks>
    /// Adapters are plain LoRA, with <c>lora_alpha / r</c> or, with <c>use_rslora</c>, <c>lora_alpha / sqrt(r)</c> as scale. Parameters
    /// that the adapter brings as a whole (<c>modules_to_save</c>), such as the reward head, replace the base model's. Patterns of ranks
    /// or alphas, trained biases, DoRA and whatever else changes the arithmetic are refused by name. Only one tensor is in memory at a time.
    /// </remarks>
    /// <param name="baseFolder">
    /// The base model's folder in Hugging Face layout; a language model, if the adapter brings the head. Which one it is nobody checks but
    /// by its shape: <c>base_model_name_or_path</c> of the adapter names it. A <c>verifier.json</c> in it is not taken along.
    /// </param>
    /// <param name="adapterFolder">The adapter's folder.</param>
    /// <param name="outputFolder">
    /// Where the merged model goes, as a whole or not at all; created if missing, other files in it are kept. Neither of the two folders, nor
    /// one above them.
    /// </param>
    /// <param name="asFloat32">
    /// Whether weights are written in 32 bits whatever the base model's type; else in bfloat16 if all of the base model's are, which rounds
    /// what the adapter adds, and in 32 bits otherwise.
    /// </param>
    /// <param name="progress">Told the share of the parameters that are written, from 0 to 1.</param>
    /// <param name="cancellationToken">Stops the work and leaves the output folder as it was.</param>
    /// <exception cref="CheckpointException">
    /// A folder cannot be read or written, is damaged, is not what it should be, or the adapter does not fit the base model.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Merge(
        string baseFolder,
        string adapterFolder,
        string outputFolder,
        bool asFloat32 = false,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default) =>
        MergeAndDescribe(baseFolder, adapterFolder, outputFolder, asFloat32, progress, cancellationToken);

    /// <inheritdoc cref="Merge"/>
    /// <returns>What was merged.</returns>
    internal static MergedAdapter MergeAndDescribe(
        string baseFolder,
        string adapterFolder,
        string outputFolder,
        bool asFloat32,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(baseFolder);
        ArgumentException.ThrowIfNullOrEmpty(adapterFolder);
        ArgumentException.ThrowIfNullOrEmpty(outputFolder);
        CheckOutput(outputFolder, baseFolder);
        CheckOutput(outputFolder, adapterFolder);
        using Checkpoint model = Checkpoint.OpenFolder(baseFolder, newHeadSeed: 0);
        using StoredAdapter adapter = StoredAdapter.Open(adapterFolder, model.Config);
        if (model.Report.HasNewHead && !adapter.HasHead)
        {
            throw new CheckpointException(
                adapterFolder,
                $"brings no reward head ({ParameterLayout.Head}), and the base model '{baseFolder}' has none: together they are no reward model");
        }

        TensorType type = !asFloat32 && model.Report.ElementTypes == nameof(TensorType.BF16) ? TensorType.BF16 : TensorType.F32;
        CheckpointWriter.Save(
            outputFolder,
            model.Config with { Template = adapter.Template ?? model.Config.Template },
            new MergedParameters(model, adapter, progress),
            tokenizerJson: default,
            type,
            addFiles: fresh => CopyTokenizer(model.TokenizerPath, fresh),
            cancellationToken);
        return new MergedAdapter(adapter.Matrices, adapter.Rank, adapter.Scale, adapter.HasHead, type);
    }

    private static void CopyTokenizer(string? path, string folder)
    {
        if (path is not null)
        {
            using FileStream source = File.OpenRead(path);
            AtomicFile.Write(Path.Combine(folder, CheckpointFiles.Tokenizer), source.CopyTo);
        }
    }

    /// <summary>What is read must not be replaced.</summary>
    private static void CheckOutput(string output, string input)
    {
        static string Full(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar;

        if (Full(input).StartsWith(Full(output), OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
        {
            throw new CheckpointException(output, $"is, or holds, the folder '{input}' that is to be merged. Choose another output folder");
        }
    }

    /// <summary>The base model's parameters with what the adapter adds.</summary>
    private sealed class MergedParameters(Checkpoint model, StoredAdapter adapter, IProgress<double>? progress) : IParameterSource
    {
        private long _done;

        public void Read(ParameterInfo parameter, Span<float> destination)
        {
            if (adapter.Replaces(parameter))
            {
                adapter.Read(parameter, destination);
            }
            else
            {
                model.Read(parameter, destination);
                adapter.AddTo(parameter, destination);
            }

            _done += parameter.Count;
            progress?.Report((double)_done / model.Report.ParameterCount);
        }
    }
}

/// <summary>What was merged.</summary>
/// <param name="Matrices">Number of matrices that had adapters.</param>
/// <param name="Rank">Their rank.</param>
/// <param name="Scale">By what their products were multiplied.</param>
/// <param name="HasHead">Whether the reward head is the adapter's.</param>
/// <param name="Type">The type of the written weights.</param>
internal sealed record MergedAdapter(int Matrices, int Rank, double Scale, bool HasHead, TensorType Type);
