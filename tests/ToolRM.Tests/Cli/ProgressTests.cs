using ToolRM.Cli;
using ToolRM.Cli.Output;

namespace ToolRM.Tests.Cli;

public class ProgressTests
{
    [Fact]
    public void Lines_come_at_most_every_ten_seconds()
    {
        using var error = new StringWriter { NewLine = "\n" };
        var clock = new Clock();
        var progress = new ProgressLines(new Terminal(Stream.Null, Stream.Null, error), "Working", clock);

        progress.Report(new WorkStatus(0.1, "too soon"));
        clock.Seconds = 12;
        progress.Report(new WorkStatus(0.5, "half"));
        clock.Seconds = 15;
        progress.Report(new WorkStatus(0.6, "too soon again"));
        clock.Seconds = 30;
        progress.Report(new WorkStatus(null, "who knows"));

        error.ToString().Should().Be("Working: 50 %, half\nWorking: who knows\n");
    }

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
