using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Running;
using ToolRM.Engines;
using ToolRM.Engines.Cpu;

namespace ToolRM.Benchmarks.Measurement;

/// <summary>Columns that suites of the engine have in common.</summary>
internal static class EngineColumns
{
    /// <summary>What computes, in suites of the processor's own kernels; others have it as a parameter.</summary>
    public static IColumn Device { get; } = new TagColumn("Device", _ => "cpu");

    /// <summary>The share of the machine's multiply-adds, of the fastest iteration.</summary>
    /// <param name="operations">Floating-point operations that a benchmark needs at least, a multiply-add counted as two.</param>
    /// <param name="threads">The threads it runs on.</param>
    public static IColumn OfPeak(Func<BenchmarkCase, double> operations, Func<BenchmarkCase, int> threads) => new RateColumn(
        "Best of peak",
        "Share of the float32 multiply-adds that as many threads can do at most, as a probe in this process measures it",
        "P0",
        benchmark => operations(benchmark) / FmaPeak.PerSecond(threads(benchmark)),
        isBest: true);

    /// <summary>The same where a benchmark has a device, which may be no processor: its peak is not measured.</summary>
    public static IColumn OfProcessorPeak(Func<BenchmarkCase, double> operations, Func<BenchmarkCase, int> threads) =>
        OfPeak(benchmark => BenchmarkDevices.IsProcessor(benchmark) ? operations(benchmark) : double.NaN, threads);

    /// <summary>The same for scoring a forest.</summary>
    public static IColumn OfProcessorPeak(Func<BenchmarkCase, TokenForest> forest, Func<BenchmarkCase, int> threads) =>
        OfProcessorPeak(benchmark => ForestOperations.Scoring(forest(benchmark), BenchmarkModel.Config), threads);
}
