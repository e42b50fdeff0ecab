using ToolRM.Cli.Output;
using ToolRM.Cli.Training;
using ToolRM.Training;

namespace ToolRM.Cli.Commands;

/// <summary><c>toolrm train --verifier</c>: a linear model over the features of calls.</summary>
internal static class VerifierTraining
{
    private static readonly VerifierTrainingOptions _defaults = new();

    /// <summary>What the option says of itself.</summary>
    public static string Description { get; } =
        "Train a verifier instead, in seconds: a linear model over features of calls, tools and conversation. Defaults of its own: "
        + FormattableString.Invariant($"{_defaults.Epochs} epochs (at least {_defaults.MinSteps} steps) of {_defaults.PairsPerStep} pairs a step, ")
        + FormattableString.Invariant($"learning rate {_defaults.LearningRate}.");

    /// <summary>Trains a verifier and saves it.</summary>
    /// <param name="data">The pairs.</param>
    /// <param name="output">The verifier's folder, which must not hold a model yet.</param>
    /// <param name="options">How to train.</param>
    /// <param name="isJson">Whether the result is one JSON object.</param>
    /// <param name="terminal">Where everything is shown.</param>
    /// <param name="cancellationToken">Stops the training; nothing is saved then.</param>
    public static async Task RunAsync(
        TrainingData data, string output, VerifierTrainingOptions options, bool isJson, Terminal terminal, CancellationToken cancellationToken)
    {
        RunFolder.Check(output, isResumed: false);
        VerifierTrainingResult result = await LongWork.RunAsync(terminal, "Training", status => VerifierTrainer.TrainAsync(
            data.Training(status, cancellationToken),
            data.HeldOut(status, cancellationToken),
            options,
            new TrainingStatus(status),
            cancellationToken)).ConfigureAwait(false);
        await result.Model.SaveAsync(output, cancellationToken).ConfigureAwait(false);
        if (isJson)
        {
            TrainingOutput.WriteJson(result, output, data.BadRows, terminal.Output);
        }
        else
        {
            TrainingOutput.WriteText(result, output, data.BadRows, terminal);
        }
    }
}
