using Spectre.Console;

namespace ToolRM.Cli.Output;

/// <summary>Shows the progress of long work on standard error: a bar for a person, a line now and then for a log.</summary>
internal static class LongWork
{
    private const int BarWidth = 12;

    /// <summary>Runs the work.</summary>
    /// <param name="terminal">Where to show progress.</param>
    /// <param name="title">What is done, in a word or two.</param>
    /// <param name="work">The work; reports its status as often as it likes.</param>
    public static async Task<T> RunAsync<T>(Terminal terminal, string title, Func<IProgress<WorkStatus>, Task<T>> work)
    {
        if (terminal.Live is not { } console)
        {
            return await work(new ProgressLines(terminal, title, TimeProvider.System)).ConfigureAwait(false);
        }

        return await console.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn { Width = BarWidth },
                new PercentageColumn(),
                new RemainingTimeColumn())
            .StartAsync(context => work(new ProgressBar(context.AddTask(title, maxValue: 1), title)))
            .ConfigureAwait(false);
    }

    private sealed class ProgressBar(ProgressTask task, string title) : IProgress<WorkStatus>
    {
        public void Report(WorkStatus value)
        {
            task.IsIndeterminate = value.Fraction is null;
            task.Value = value.Fraction ?? 0;
            task.Description = Markup.Escape(value.Text.Length == 0 ? title : $"{title}: {value.Text}");
        }
    }
}
