using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Running;

namespace ToolRM.Benchmarks.Measurement;

/// <summary>Leaves out some benchmarks of one suite. A filter of a suite's configuration is asked about all of a run.</summary>
internal sealed class SuiteFilter(Type suite, Func<BenchmarkCase, bool> isWanted) : IFilter
{
    public bool Predicate(BenchmarkCase benchmarkCase) => benchmarkCase.Descriptor.Type != suite || isWanted(benchmarkCase);
}
