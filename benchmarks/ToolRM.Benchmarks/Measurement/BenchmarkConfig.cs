using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace ToolRM.Benchmarks.Measurement;

/// <summary>How all suites are run.</summary>
/// <remarks>
/// Benchmarks run in this process, with emitted loops. BenchmarkDotNet's default builds and restores a project of its own for
/// every run, which would have to repeat this repository's central package versions, analyzers and feeds.
/// </remarks>
internal static class BenchmarkConfig
{
    private const string Short = "short";

    /// <summary>Of one benchmark, all iterations together. BenchmarkDotNet's five minutes are too few on a busy machine.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromHours(1);

    /// <summary>The configuration.</summary>
    /// <param name="isShort">Whether to be quick rather than exact: three short iterations of each benchmark.</param>
    public static IConfig Create(bool isShort)
    {
        Job job = isShort
            ? Job.ShortRun.WithIterationTime(TimeInterval.FromMilliseconds(250))
            : Job.Default.WithWarmupCount(5).WithIterationCount(15);
        return ManualConfig.CreateEmpty()
            .AddJob(job.WithToolchain(new InProcessEmitToolchain(_longest, logOutput: true)).WithId(isShort ? Short : "full"))
            .AddLogger(ConsoleLogger.Default)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddExporter(MarkdownExporter.GitHub)
            .AddColumnProvider(
                DefaultColumnProviders.Descriptor,
                DefaultColumnProviders.Params,
                DefaultColumnProviders.Statistics,
                DefaultColumnProviders.Metrics)
            .WithOptions(ConfigOptions.DisableLogFile);
    }

    /// <summary>Whether a benchmark runs in a short run.</summary>
    public static bool IsShort(Job job) => job.Id == Short;
}
