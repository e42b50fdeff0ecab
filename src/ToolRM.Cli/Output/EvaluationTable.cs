using Spectre.Console;
using ToolRM.Evaluation;

namespace ToolRM.Cli.Output;

/// <summary>An evaluation as a table for people.</summary>
internal static class EvaluationTable
{
    public static void Write(EvaluationReport report, LeftOut leftOut, IAnsiConsole console)
    {
        var table = new Table { Border = TableBorder.Markdown };
        table.AddColumn("error type");
        foreach (string name in (ReadOnlySpan<string>)["pairs", "accuracy", "ties half"])
        {
            table.AddColumn(new TableColumn(name) { Alignment = Justify.Right });
        }

        foreach ((string type, PairAccuracy accuracy) in report.ByErrorType)
        {
            AddRow(table, OneLine.Of(type), accuracy);
        }

        AddRow(table, "all", report.Overall);
        console.Write(table);
        ConfidenceInterval interval = report.ConfidenceInterval;
        console.WriteLine(FormattableString.Invariant(
            $"accuracy {report.Accuracy:F4} (95 % interval {interval.Lower:F4} to {interval.Upper:F4})"));
        console.WriteLine(FormattableString.Invariant(
            $"mean over error types {report.MacroAccuracy:F4}, {report.Ties} ties, mean margin {report.MeanMargin:F3}"));
        console.WriteLine(FormattableString.Invariant(
            $"{report.PairsPerSecond:F1} pairs/s, model {OneLine.Of(report.Model)}"));
        if (leftOut.OverLength > 0 || leftOut.BadRows > 0)
        {
            console.WriteLine(FormattableString.Invariant(
                $"Left out of all figures: {leftOut.OverLength ?? 0} pairs too long for the model, {leftOut.BadRows ?? 0} bad rows."));
        }
    }

    private static void AddRow(Table table, string name, PairAccuracy accuracy) => table.AddRow(
        new Text(name),
        new Text(FormattableString.Invariant($"{accuracy.Pairs}")),
        new Text(FormattableString.Invariant($"{accuracy.Accuracy:F4}")),
        new Text(FormattableString.Invariant($"{accuracy.AccuracyTiesHalf:F4}")));
}
