using ToolRM.Checkpoints;
using ToolRM.Embedded;
using ToolRM.Engines;
using ToolRM.Engines.Cpu;
using ToolRM.Models;
using ToolRM.Prompts;
using ToolRM.Tokenization;
using ToolRM.Verification;

namespace ToolRM.Cli.Output;

/// <summary>What can be told of a model without its weights.</summary>
internal sealed record ModelSummary(
    string Name, DecoderConfig Config, LoadReport Report, BpeTokenizer? Tokenizer, TemplateChoice Template, KernelPlan Plan)
{
    private const string NoHead =
        "The folder holds a language model without a reward head, which cannot score: train it first (toolrm train --base).";

    /// <summary>What may make a difference.</summary>
    public IReadOnlyList<string> Warnings => Report.HasNewHead ? [.. Report.Warnings, NoHead] : Report.Warnings;

    /// <summary>Features of the verifier whose reward is added; <see langword="null"/> if there is none.</summary>
    public int? VerifierFeatures { get; private init; }

    /// <summary>The reward head in words.</summary>
    public string Head => Report.HasNewHead
        ? "missing"
        : FormattableString.Invariant($"score: {Config.HiddenSize} to 1, no bias, at the last token that is not padding");

    /// <summary>Looks at a folder, or at the embedded model.</summary>
    /// <param name="folder">The folder; <see langword="null"/> for the embedded model.</param>
    /// <param name="threads">Threads to compute with.</param>
    /// <param name="kernel">The kernel asked for, if one was.</param>
    /// <param name="elementType">The arithmetic asked for.</param>
    /// <param name="template">The template asked for, if one was.</param>
    /// <exception cref="ToolRMException">It is no model, or what is asked for does not fit it or this machine.</exception>
    public static ModelSummary Of(string? folder, int threads, string? kernel, ElementType elementType, string? template)
    {
        // The seed only says that a missing head, as in a language model, is no error: its values are never asked for.
        using Checkpoint checkpoint = folder is null ? EmbeddedFiles.OpenCheckpoint() : Checkpoint.OpenFolder(folder, newHeadSeed: 0);
        BpeTokenizer? tokenizer = folder is null
            ? EmbeddedFiles.LoadTokenizer()
            : checkpoint.TokenizerPath is { } path ? BpeTokenizer.Load(path) : null;
        LinearHead? verifier = folder is null ? EmbeddedFiles.LoadVerifier() : VerifierFile.TryRead(folder, FeatureNames.Own);
        return new ModelSummary(
            folder ?? checkpoint.Path,
            checkpoint.Config,
            checkpoint.Report,
            tokenizer,
            TemplateChoice.Find(checkpoint.Config, tokenizer, template),
            CpuKernelSelector.Select(
                CpuCapabilities.Current, threads, kernel ?? Environment.GetEnvironmentVariable(CpuKernelSelector.Variable), elementType))
        {
            VerifierFeatures = verifier?.Features.Count,
        };
    }
}
