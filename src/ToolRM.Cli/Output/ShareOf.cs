namespace ToolRM.Cli.Output;

/// <summary>The progress of work that only tells its share, from 0 to 1.</summary>
internal sealed class ShareOf(IProgress<WorkStatus> status) : IProgress<double>
{
    public void Report(double value) => status.Report(new WorkStatus(value, string.Empty));
}
