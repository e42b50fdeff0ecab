using System.Runtime.InteropServices;

namespace ToolRM.Cli.Bench;

/// <summary>What a figure has to be read with: the machine and the runtime.</summary>
internal static class Machine
{
    private const string LinuxProcessors = "/proc/cpuinfo";

    /// <summary>The processor's name; <see langword="null"/> if the system does not tell.</summary>
    public static string? Processor { get; } = Find();

    public static int LogicalProcessors => Environment.ProcessorCount;

    public static string System => RuntimeInformation.OSDescription;

    public static string Architecture => RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    public static string Runtime => RuntimeInformation.FrameworkDescription;

    private static string? Find()
    {
        if (!File.Exists(LinuxProcessors))
        {
            return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        }

        string? line = File.ReadLines(LinuxProcessors).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
