using ToolRM.Cli.Output;
using ToolRM.Training;

namespace ToolRM.Cli.Training;

/// <summary>Tells how a run is going.</summary>
internal sealed class TrainingStatus(IProgress<WorkStatus> status) : IProgress<TrainingMetrics>, IProgress<VerifierTrainingProgress>
{
    private string _heldOut = "";

    public void Report(TrainingMetrics value)
    {
        if (value.HeldOut is { } heldOut)
        {
            _heldOut = FormattableString.Invariant($", held out {heldOut.Accuracy:F4} at {value.Step}");
        }

        status.Report(new WorkStatus(
            (double)value.Step / value.TotalSteps,
            FormattableString.Invariant(
                $"step {value.Step}/{value.TotalSteps}, loss {value.Loss:F3}, accuracy {value.Accuracy:F3}{_heldOut}")));
    }

    public void Report(VerifierTrainingProgress value) => status.Report(value.TotalSteps == 0
        ? new WorkStatus(null, FormattableString.Invariant($"features of {value.Pairs} pairs"))
        : new WorkStatus((double)value.Step / value.TotalSteps, FormattableString.Invariant($"step {value.Step}/{value.TotalSteps}")));
}
