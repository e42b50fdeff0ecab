using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace ToolRM.Benchmarks.Measurement;

/// <summary>A percentile of the times of single calls, in milliseconds.</summary>
/// <param name="percentile">The percentile, 1 to 100.</param>
/// <param name="latencies">The times of a benchmark; null if it takes none.</param>
internal sealed class LatencyColumn(int percentile, Func<BenchmarkCase, Latencies?> latencies) : IColumn
{
    public string Id => $"{nameof(LatencyColumn)}.{percentile}";

    public string ColumnName => $"p{percentile} ms";

    public string Legend => $"{percentile} % of the single calls took at most so many milliseconds";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, summary.Style);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) =>
        latencies(benchmarkCase)?.Percentile(percentile / 100.0)?.TotalMilliseconds.ToString("N0", style.CultureInfo) ?? "-";
}
