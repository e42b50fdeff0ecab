using ToolRM.Cli.Output;
using ToolRM.Cli.Training;
using ToolRM.Data;
using ToolRM.Recipes;

namespace ToolRM.Cli.Commands;

/// <summary><c>toolrm train --recipe</c>: a model made in all its steps by one command.</summary>
internal static class RecipeTraining
{
    /// <summary>The recipes.</summary>
    public static string[] Names { get; } = ["embedded"];

    /// <summary>Runs the recipe of the embedded model.</summary>
    /// <param name="data">The pairs.</param>
    /// <param name="output">The run's folder.</param>
    /// <param name="seed">Seed of everything.</param>
    /// <param name="threads">Threads to compute with.</param>
    /// <param name="isResumed">Whether a run in the folder is continued.</param>
    /// <param name="isJson">Whether the result is one JSON object.</param>
    /// <param name="terminal">Where everything is shown.</param>
    /// <param name="cancellationToken">Stops the run, with its state saved.</param>
    public static async Task RunAsync(
        TrainingData data, string output, ulong seed, int threads, bool isResumed, bool isJson, Terminal terminal, CancellationToken cancellationToken)
    {
        RunFolder.Check(output, isResumed, EmbeddedRecipe.ResidualFolder);
        var options = new EmbeddedRecipeOptions { Seed = seed, Threads = threads };
        options = options with { Training = options.Training with { Resume = isResumed } };
        RecipeResult result;
        try
        {
            result = await LongWork.RunAsync(terminal, "Training", async status =>
            {
                List<PreferencePair> pairs = await data.Training(status, cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
                return await Task.Run(
                    () => new EmbeddedRecipe(options).RunAsync(pairs, output, new Stages(status), cancellationToken), cancellationToken)
                    .ConfigureAwait(false);
            }).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (cancellationToken.IsCancellationRequested)
        {
            throw new StoppedException("toolrm: stopped; run the same command with --resume to continue", error);
        }

        if (isJson)
        {
            RecipeOutput.WriteJson(result, data.BadRows, terminal.Output);
        }
        else
        {
            RecipeOutput.WriteText(result, data.BadRows, terminal);
        }
    }

    private sealed class Stages(IProgress<WorkStatus> status) : IProgress<RecipeProgress>
    {
        public void Report(RecipeProgress value) => status.Report(new WorkStatus(value.Fraction, $"{value.Stage}, {value.Detail}"));
    }
}
