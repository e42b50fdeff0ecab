using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace ToolRM.Benchmarks.Measurement;

/// <summary>An amount of work per second, from the mean time of a benchmark.</summary>
/// <param name="name">The column's title, with the unit.</param>
/// <param name="legend">What it means.</param>
/// <param name="format">A .NET number format.</param>
/// <param name="amount">The work of one operation, in the unit.</param>
internal sealed class RateColumn(string name, string legend, string format, Func<BenchmarkCase, double> amount) : IColumn
{
    public string Id => $"{nameof(RateColumn)}.{name}";

    public string ColumnName => name;

    public string Legend => legend;

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
        return summary[benchmarkCase]?.ResultStatistics is { } time
            ? (amount(benchmarkCase) / time.Mean * NanosecondsPerSecond).ToString(format, style.CultureInfo)
            : "-";
    }
}
