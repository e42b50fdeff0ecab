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
        string? only =
            package is null ? $"without the package {DevicePackages.Engine} the only device"
            : request.Kernel is { } kernel && !KernelWords.AreIn(kernel) ? $"the only device with the kernel '{kernel}'"
            : request.ElementType == ElementType.Int8 ? "the only device with int8"
            : null;
        if (only is not null)
        {
            return OwnEngine(request).With(only);
        }

        // On a processor alone, this library's own engine goes before libtorch: its scores have the same bits in any batch.
        (DeviceName? found, string reason) = package!.FindGraphicsProcessor();
        return found is { } device
            ? Packaged(config, request with { Device = device.ToString(), DeviceReason = reason })
            : OwnEngine(request).With(reason);
    }

    /// <summary>The package's best device, be it the processor: this library's own engine trains no adapters.</summary>
    private Choice ChooseForAdapters(DecoderConfig config, EngineRequest request)
    {
        (DeviceName? found, string reason) = package!.FindGraphicsProcessor();
        return Packaged(config, request with
        {
            Device = (found ?? new DeviceName(DeviceKind.Cpu)).ToString(),
            DeviceReason = found is null ? $"{reason}; libtorch trains adapters" : reason,
        });
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
    private readonly record struct Choice(EngineProvider? Package, EngineRequest Request, KernelPlan Plan)
    {
        /// <summary>The same for one more reason.</summary>
        public Choice With(string reason) => this with { Plan = Plan with { Reason = $"{Plan.Reason}; {reason}" } };
    }
}
