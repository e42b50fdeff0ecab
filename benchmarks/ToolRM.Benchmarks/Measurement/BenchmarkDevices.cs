using BenchmarkDotNet.Running;
using ToolRM.Engines;
using ToolRM.Engines.Devices;

namespace ToolRM.Benchmarks.Measurement;

/// <summary>The devices that suites of the engine and of models run on.</summary>
internal static class BenchmarkDevices
{
    /// <summary>The option that names them, for example <c>--devices cpu,libtorch,cuda</c>.</summary>
    public const string Option = "--devices";

    private static readonly string _processor = new DeviceName(DeviceKind.Cpu).ToString();

    /// <summary>The processor and, where there is one that can be used, the graphics processor; unless <see cref="Choose"/> says otherwise.</summary>
    public static IReadOnlyList<string> Names { get; private set; } = [.. new[] { _processor, Describe("auto").Device }.Distinct()];

    /// <summary>Takes the option out of the command line.</summary>
    /// <exception cref="ToolRMException">A device is not there.</exception>
    public static string[] Choose(string[] arguments)
    {
        int option = Array.IndexOf(arguments, Option);
        if (option < 0)
        {
            return arguments;
        }

        string names = option + 1 < arguments.Length ? arguments[option + 1] : "";
        Names = [.. names.Split(',').Select(name => DeviceName.Parse(name).ToString()).Distinct()];
        foreach (string name in Names)
        {
            Describe(name);
        }

        return [.. arguments[..option], .. arguments[(option + 2)..]];
    }

    /// <summary>The device of a benchmark with a parameter of this name.</summary>
    public static string Of(BenchmarkCase benchmark) => (string)benchmark.Parameters["Device"];

    /// <summary>Whether a benchmark runs on the processor with this library's own engine.</summary>
    public static bool IsOwn(BenchmarkCase benchmark) => Of(benchmark) == _processor;

    /// <summary>Whether a benchmark runs on the processor, with whatever engine.</summary>
    public static bool IsProcessor(BenchmarkCase benchmark) => DeviceName.Parse(Of(benchmark)).Kind is DeviceKind.Cpu or DeviceKind.LibTorch;

    private static KernelPlan Describe(string device) =>
        EngineFactory.Current.Describe(BenchmarkModel.Config, new EngineRequest { Device = device });
}
