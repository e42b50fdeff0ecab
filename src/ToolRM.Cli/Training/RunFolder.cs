using ToolRM.Checkpoints;
using ToolRM.Verification;

namespace ToolRM.Cli.Training;

/// <summary>The folder a run writes to.</summary>
internal static class RunFolder
{
    /// <summary>Where the tokenizer of a new model lies from the beginning, so that a continued run has the same.</summary>
    public static string TokenizerOf(string folder) => Path.Combine(folder, CheckpointFiles.Tokenizer);

    /// <summary>Makes sure that no finished or unfinished work is overwritten.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isResumed">Whether a run is to be continued.</param>
    /// <param name="run">Where in it the state of a run lies; the folder itself by default.</param>
    /// <exception cref="ToolRMException">The folder holds a run that is not to be continued, or a model that is none.</exception>
    public static void Check(string folder, bool isResumed, string run = "")
    {
        bool hasRun = Directory.Exists(Path.Combine(folder, run, "checkpoint"));
        bool hasModel = File.Exists(Path.Combine(folder, CheckpointFiles.Config)) || File.Exists(Path.Combine(folder, VerifierFile.Name));
        if (hasRun && !isResumed)
        {
            throw new ToolRMException($"'{folder}' holds a training run already. Add --resume to continue it, or choose another folder.");
        }

        if (hasModel && !hasRun)
        {
            throw new ToolRMException($"'{folder}' holds a model already, and no state of a run to continue. Choose another folder.");
        }
    }
}
