using System.Globalization;

namespace ToolRM.Cli.Output;

/// <summary>Progress as plain lines, at most one every ten seconds.</summary>
internal sealed class ProgressLines(Terminal terminal, string title, TimeProvider clock) : IProgress<WorkStatus>
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(10);
    private long _last = clock.GetTimestamp();

    public void Report(WorkStatus value)
    {
        if (clock.GetElapsedTime(_last) < _interval)
        {
            return;
        }

        _last = clock.GetTimestamp();
        string fraction = value.Fraction is { } done ? string.Create(CultureInfo.InvariantCulture, $"{100 * done:F0} %, ") : "";
        terminal.Line($"{title}: {fraction}{value.Text}");
    }
}
