using ToolRM.Engines.Cpu;
using ToolRM.Models;

namespace ToolRM.Engines.Devices;

/// <summary>Makes the engine of a device: the one place that knows all of them. Safe for concurrent calls.</summary>
/// <param name="package">The engine that is in a package of its own; <see langword="null"/> where the application does not have it.</param>
internal sealed class EngineFactory(EngineProvider? package)
{
    /// <summary>The engines that this application has.</summary>
    public static EngineFactory Current { get; } = new(EngineProvider.TorchSharp);

    private static OperatingSystemKind System =>
        OperatingSystem.IsWindows() ? OperatingSystemKind.Windows
        : OperatingSystem.IsMacOS() ? OperatingSystemKind.MacOS
        : OperatingSystemKind.Linux;

    /// <summary>What would run a model, and why. Loads no parameters.</summary>
    /// <exception cref="ToolRMException">The device or kernel asked for is not there.</exception>
    public KernelPlan Describe(DecoderConfig config, EngineRequest request) => Choose(config, request).Plan;

    /// <summary>An engine that scores.</summary>
    /// <exception cref="ToolRMException">The device or kernel asked for is not there, or the model does not fit it.</exception>
    public IRewardEngine CreateScorer(DecoderConfig config, IParameterSource parameters, EngineRequest request)
    {
        Choice choice = Choose(config, request);
        return choice.Package is { } other
            ? other.CreateScorer(config, parameters, choice.Request)
            : new CpuRewardEngine(config, parameters, choice.Plan, request.LoadProgress, request.CancellationToken);
    }

    /// <summary>An engine that trains.</summary>
    /// <exception cref="ToolRMException">As for <see cref="CreateScorer"/>.</exception>
    public ITrainingEngine CreateTrainer(DecoderConfig config, IParameterSource parameters, EngineRequest request)
    {
        Choice choice = Choose(config, request);
        return choice.Package is { } other
            ? other.CreateTrainer(config, parameters, choice.Request)
            : new CpuTrainingEngine(config, parameters, choice.Plan, request.RecomputesActivations);
    }

    private Choice Choose(DecoderConfig config, EngineRequest request)
    {
        DeviceName device = DeviceName.Parse(request.Device);
        return device.Kind switch
        {
            DeviceKind.Cpu or DeviceKind.Auto when request.Lora is not null && (package is null || device.Kind == DeviceKind.Cpu) =>
                throw DevicePackages.NoAdapters(System, package is not null),
            DeviceKind.Cpu => OwnEngine(request),
            DeviceKind.Auto => request.Lora is null ? ChooseBest(config, request) : ChooseForAdapters(config, request),
            _ when package is null => throw DevicePackages.Missing(device, System),
            DeviceKind.LibTorch => Packaged(config, request with { Device = new DeviceName(DeviceKind.Cpu).ToString() }),
            _ => Packaged(config, request with { Device = device.ToString() }),
        };
    }

    /// <summary>A graphics processor if there is one, unless a kernel or a type of the processor alone is asked for.</summary>
    private Choice ChooseBest(DecoderConfig config, EngineRequest request)
    {
        if (package is null || CpuKernelSelector.IsName(request.Kernel) || request.ElementType == ElementType.Int8)
        {
            return OwnEngine(request);
        }

        // On a processor alone, this library's own engine goes before libtorch: its scores have the same bits in any batch.
        Choice best = Packaged(config, request);
        if (best.Plan.Device != new DeviceName(DeviceKind.Cpu).ToString())
        {
            return best;
        }

        Choice own = OwnEngine(request);
        return own with { Plan = own.Plan with { Reason = $"{own.Plan.Reason}; {best.Plan.Reason}" } };
    }

    /// <summary>The package's best device, be it the processor: this library's own engine trains no adapters.</summary>
    private Choice ChooseForAdapters(DecoderConfig config, EngineRequest request)
    {
        Choice best = Packaged(config, request);
        return best with { Plan = best.Plan with { Reason = $"{best.Plan.Reason}; libtorch trains adapters" } };
    }

    private Choice Packaged(DecoderConfig config, EngineRequest request) => request.ElementType == ElementType.Int8
        ? throw new DeviceException(
            $"int8 was asked for, but only the device cpu has it, not {request.Device}. Use float32, which leaves the type to the kernel, or cpu.")
        : new Choice(package, request, package!.Describe(config, request));

    private static Choice OwnEngine(EngineRequest request) => new(null, request, CpuKernelSelector.Select(
        CpuCapabilities.Current,
        request.Threads,
        request.Kernel ?? Environment.GetEnvironmentVariable(CpuKernelSelector.Variable),
        request.ElementType));

    /// <summary>What was chosen.</summary>
    /// <param name="Package">What makes it; <see langword="null"/> for this library's own engine.</param>
    /// <param name="Request">What to ask it for.</param>
    /// <param name="Plan">What it would run.</param>
    private readonly record struct Choice(EngineProvider? Package, EngineRequest Request, KernelPlan Plan);
}
