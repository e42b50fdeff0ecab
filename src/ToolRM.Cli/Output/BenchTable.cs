using System.Globalization;
using Spectre.Console;
using ToolRM.Cli.Bench;
using ToolRM.Cli.Options;

namespace ToolRM.Cli.Output;

/// <summary>A benchmark as a table for people.</summary>
internal static class BenchTable
{
    private const double Giga = 1e9;

    public static void Write(BenchModel model, IReadOnlyList<BenchRow> rows, Terminal terminal)
    {
        WriteFacts(model, rows, terminal);
        terminal.Show(console => console.Write(ToTable(rows)));
    }

    private static void WriteFacts(BenchModel model, IReadOnlyList<BenchRow> rows, Terminal terminal)
    {
        using StreamWriter text = terminal.TextOutput();
        text.WriteLine(FormattableString.Invariant(
            $"{OneLine.Of(model.Name)}: {model.ParameterCount:N0} parameters, shape {ModelShape.Of(model.Config)}"));
        text.WriteLine(FormattableString.Invariant(
            $"{OneLine.Of(Machine.Processor ?? "unknown processor")}, {Machine.LogicalProcessors} logical processors, {Machine.System}, {Machine.Runtime}"));
        string[] peaks =
        [
            .. rows.Where(row => row.Peak is not null).DistinctBy(row => row.Plan.Threads).Select(row => FormattableString.Invariant(
                $"{row.Peak / Giga:F0} GFLOP/s on {row.Plan.Threads} {(row.Plan.Threads == 1 ? "thread" : "threads")}")),
        ];
        if (peaks.Length > 0)
        {
            text.WriteLine("float32 multiply-add peak: " + string.Join(", ", peaks));
        }
    }

    private static Table ToTable(IReadOnlyList<BenchRow> rows)
    {
        bool isTraining = rows[0].Case.IsTraining;
        var table = new Table { Border = TableBorder.Markdown };
        (string Title, bool IsNumber, bool? ForTraining, Func<BenchRow, string> Value)[] columns =
            [.. Columns().Where(column => column.ForTraining is not { } only || only == isTraining)];
        foreach ((string title, bool isNumber, _, _) in columns)
        {
            table.AddColumn(new TableColumn(title) { Alignment = isNumber ? Justify.Right : Justify.Left, NoWrap = true });
        }

        foreach (BenchRow row in rows)
        {
            table.AddRow([.. columns.Select(column => new Text(column.Value(row)))]);
        }

        return table;
    }

    /// <summary>The columns; some are for scoring or for training only.</summary>
    private static IEnumerable<(string Title, bool IsNumber, bool? ForTraining, Func<BenchRow, string> Value)> Columns() =>
    [
        ("engine", false, null, row => row.Plan.Device),
        ("kernel", false, null, row => row.Plan.Int8Matmul ?? row.Plan.Matmul),
        ("type", false, null, row => row.Plan.ElementType),
        ("threads", true, null, row => Number(row.Plan.Threads)),
        ("batch", true, null, row => Number(row.Case.Batch)),
        ("prompt", true, null, row => Number(row.Case.PromptTokens)),
        ("candidates", true, null, row => Number(row.Case.Candidates)),
        ("of tokens", true, null, row => Number(row.Case.CandidateTokens)),
        ("prompt is", false, false, row => Prompt(row.Case)),
        ("tokens/s", true, null, row => row.TokensPerSecond.Median.ToString("N0", CultureInfo.InvariantCulture)),
        ("±", true, null, row => Percent(row.TokensPerSecond.Deviation)),
        ("candidates/s", true, false, row => row.CandidatesPerSecond.Median.ToString("N1", CultureInfo.InvariantCulture)),
        ("pairs/s", true, true, row => row.PairsPerSecond.Median.ToString("N2", CultureInfo.InvariantCulture)),
        ("of peak", true, null, row => row.PeakFraction is { } fraction ? Percent(fraction) : ""),
        ("gain", true, false, row => row.Gain is { } gain ? gain.ToString("F2", CultureInfo.InvariantCulture) : ""),
    ];

    private static string Prompt(BenchCase shape) => !shape.HasCommonPrompt ? "" : shape.RepeatsPrompt ? "repeated" : "shared";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Percent(double fraction) => string.Create(CultureInfo.InvariantCulture, $"{100 * fraction:F0} %");
}
