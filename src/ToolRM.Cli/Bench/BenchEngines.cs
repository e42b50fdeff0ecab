using ToolRM.Engines;
using ToolRM.Engines.Cpu.Weights;
using ToolRM.Engines.Devices;

namespace ToolRM.Cli.Bench;

/// <summary>The engines that a benchmark compares, one for each choice, made from the same model: the one place that knows how.</summary>
internal sealed class BenchEngines : IDisposable
{
    private readonly Dictionary<EngineChoice, IRewardEngine> _engines = [];

    private BenchEngines()
    {
    }

    public IRewardEngine this[EngineChoice choice] => _engines[choice];

    /// <summary>The cases that differ: the number of threads makes no difference to a graphics processor.</summary>
    /// <exception cref="ToolRMException">A device or kernel is not there.</exception>
    public static IReadOnlyList<BenchCase> Different(BenchModel model, IReadOnlyList<BenchCase> cases) =>
    [
        .. cases.Select(shape => IsProcessor(Plan(model, shape.Engine)) ? shape
            : shape with { Engine = shape.Engine with { Threads = Environment.ProcessorCount } }).Distinct(),
    ];

    /// <summary>Makes them.</summary>
    /// <exception cref="ToolRMException">A kernel or type cannot run here, or there is no room for all of them.</exception>
    public static BenchEngines Create(
        BenchModel model, IReadOnlyCollection<EngineChoice> choices, bool forTraining, CancellationToken cancellationToken)
    {
        CheckRoom(model, [.. choices.Select(choice => Plan(model, choice)).Where(IsProcessor)], forTraining);
        var engines = new BenchEngines();
        try
        {
            foreach (EngineChoice choice in choices)
            {
                EngineRequest request = Request(choice) with { CancellationToken = cancellationToken };
                cancellationToken.ThrowIfCancellationRequested();
                engines._engines.Add(choice, forTraining
                    ? EngineFactory.Current.CreateTrainer(model.Config, model.Parameters, request)
                    : EngineFactory.Current.CreateScorer(model.Config, model.Parameters, request));
            }

            return engines;
        }
        catch
        {
            engines.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (IRewardEngine engine in _engines.Values)
        {
            engine.Dispose();
        }
    }

    /// <summary>Whether it computes with the machine's processor, and in its memory.</summary>
    public static bool IsProcessor(KernelPlan plan) => plan.Device == new DeviceName(DeviceKind.Cpu).ToString();

    private static KernelPlan Plan(BenchModel model, EngineChoice choice) => EngineFactory.Current.Describe(model.Config, Request(choice));

    private static EngineRequest Request(EngineChoice choice) =>
        new() { Device = choice.Device, Kernel = choice.Kernel, ElementType = choice.ElementType, Threads = choice.Threads };

    /// <summary>Refuses what would end the process halfway: systems give out more memory than there is.</summary>
    private static void CheckRoom(BenchModel model, KernelPlan[] plans, bool forTraining)
    {
        const int BytesForTraining = 24;
        const double Gigabyte = 1e9;
        double needed = forTraining
            ? (double)plans.Length * model.ParameterCount * BytesForTraining
            : plans.Sum(plan => WeightForms.Of(model.Config, model.Parameters, plan).Bytes(model.Config));
        double room = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (needed > room)
        {
            throw new ToolRMException(FormattableString.Invariant(
                $"No room: {plans.Length} engines with {model.ParameterCount:N0} parameters each need about {needed / Gigabyte:F1} GB, ")
                + FormattableString.Invariant($"but this machine has {room / Gigabyte:F1} GB. ")
                + "Compare fewer thread counts, kernels or types at a time, or measure a smaller model.");
        }
    }
}
