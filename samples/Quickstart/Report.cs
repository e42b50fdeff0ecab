using System.Globalization;
using Spectre.Console;
using ToolRM;

namespace Quickstart;

/// <summary>Prints rankings so that they can be read on a terminal, in a file and without colours.</summary>
internal sealed class Report
{
    private const int WidthWithoutTerminal = 150;

    // Columns of text; the borders of five columns take 16 more.
    private const int RankWidth = 4, RewardWidth = 7, NoteWidth = 16, ReasonWidth = 34, BorderWidth = 16, ShortestCall = 20, LongestCall = 90;

    private readonly IAnsiConsole _console = CreateConsole();

    public void Line(FormattableString text) => _console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    public void Ranking(Example example, IReadOnlyList<RankedCandidate> ranking)
    {
        int callWidth = Math.Clamp(_console.Profile.Width - RankWidth - RewardWidth - NoteWidth - ReasonWidth - BorderWidth, ShortestCall, LongestCall);
        Table table = new Table().Border(TableBorder.Rounded);
        table.AddColumn(new TableColumn("Rank").RightAligned().Width(RankWidth));
        table.AddColumn(new TableColumn("Reward").RightAligned().Width(RewardWidth));
        table.AddColumn(new TableColumn("Candidate").Width(callWidth));
        table.AddColumn(new TableColumn("What it is").Width(NoteWidth));
        table.AddColumn(new TableColumn("What speaks most against it").Width(ReasonWidth));
        foreach (RankedCandidate ranked in ranking)
        {
            LabelledCandidate labelled = example.Candidates[ranked.Index];
            var style = new Style(labelled.IsRight ? Color.Green : Color.Default);
            table.AddRow(
                new Text(ranked.Rank.ToString(CultureInfo.InvariantCulture), style),
                new Text(ranked.Score.Reward.ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture), style),
                new Text(CallText.Of(ranked.Candidate), style),
                new Text(labelled.Note ?? "RIGHT", style),
                new Text(Weakness(ranked.Score), style));
        }

        _console.WriteLine();
        Line($"{example.Title}: \"{example.Prompt.Messages[^1].Content}\"");
        Line($"Tools: {string.Join(", ", example.Prompt.Tools.Select(tool => tool.Name))}");
        _console.Write(table);
    }

    /// <summary>The strongest reason against a candidate, in words and with what it takes off the reward.</summary>
    private static string Weakness(RewardScore score) =>
        score.Explanation?.Reasons.MinBy(reason => reason.Contribution) is { Contribution: < 0 } reason
            ? string.Create(CultureInfo.InvariantCulture, $"{reason.Text}, {reason.Contribution:0.00}")
            : "";

    /// <summary>A file or pipe gets no colours, even where the environment promises them, and a width that fits the calls.</summary>
    private static IAnsiConsole CreateConsole()
    {
        if (!Console.IsOutputRedirected)
        {
            return AnsiConsole.Console;
        }

        var settings = new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors };
        IAnsiConsole console = AnsiConsole.Create(settings);
        console.Profile.Width = WidthWithoutTerminal;
        return console;
    }
}
