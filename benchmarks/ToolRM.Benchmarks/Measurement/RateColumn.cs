using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace ToolRM.Benchmarks.Measurement;

/// <summary>An amount of work per second, from the median time of a benchmark's iterations or from the fastest.</summary>
/// <param name="name">The column's title, with the unit.</param>
/// <param name="legend">What it means.</param>
/// <param name="format">A .NET number format.</param>
/// <param name="amount">The work of one operation, in the unit; not a number where it is not known.</param>
/// <param name="isBest">Whether of the fastest iteration: the one that other work on the machine disturbed least.</param>
internal sealed class RateColumn(string name, string legend, string format, Func<BenchmarkCase, double> amount, bool isBest = false)
    : IColumn
{
    public string Id => $"{nameof(RateColumn)}.{name}";

    public string ColumnName => name;

    public string Legend => $"{legend}; {(isBest ? "of the fastest iteration" : "of the median iteration")}";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, summary.Style);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style)
    {
        const double NanosecondsPerSecond = 1e9;
        return summary[benchmarkCase]?.ResultStatistics is { } time && amount(benchmarkCase) is var work && !double.IsNaN(work)
            ? (work / (isBest ? time.Min : time.Median) * NanosecondsPerSecond).ToString(format, style.CultureInfo)
            : "-";
    }
}
