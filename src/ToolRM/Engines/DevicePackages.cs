namespace ToolRM.Engines;

/// <summary>What an application must add for a device, in words.</summary>
internal static class DevicePackages
{
    /// <summary>The package with the engine.</summary>
    public const string Engine = "ToolRM.TorchSharp";

    /// <summary>The package with libtorch for a device; <see langword="null"/> if that device cannot be on that system.</summary>
    public static string? Runtime(DeviceKind kind, OperatingSystemKind system) => (kind, system) switch
    {
        (DeviceKind.Cuda, OperatingSystemKind.Linux) => "TorchSharp-cuda-linux",
        (DeviceKind.Cuda, OperatingSystemKind.Windows) => "TorchSharp-cuda-windows",
        (DeviceKind.LibTorch, _) or (DeviceKind.Mps, OperatingSystemKind.MacOS) => "TorchSharp-cpu",
        _ => null,
    };

    /// <summary>What to add, as commands; or that it is of no use.</summary>
    public static string HowToAdd(DeviceKind kind, OperatingSystemKind system) => Runtime(kind, system) is { } runtime
        ? $"Add them: 'dotnet add package {Engine}' and 'dotnet add package {runtime}'. "
            + $"The command toolrm has it when it is built from its sources with -p:TorchSharp=true -p:TorchSharpRuntime={runtime}."
        : $"No package adds it: {(kind == DeviceKind.Mps ? "mps is the graphics processor of Apple silicon" : "there is no CUDA for macOS, use mps")}.";

    /// <summary>The error for a device whose engine the application does not have.</summary>
    public static DeviceException Missing(DeviceName device, OperatingSystemKind system) => new(
        $"The device '{device}' was asked for, but this application does not have the package {Engine} and the libtorch that it needs. "
        + $"{HowToAdd(device.Kind, system)} Or use the device cpu.");

    /// <summary>The error for adapters that are to be trained by this library's own engine.</summary>
    /// <param name="system">The system.</param>
    /// <param name="isThere">Whether the application has the package.</param>
    public static DeviceException NoAdapters(OperatingSystemKind system, bool isThere) => new(
        "Adapters (LoRA) were asked for. They are trained by libtorch, on the devices libtorch, cuda and mps; the processor's own engine, "
        + $"the device cpu, trains all parameters only. {(isThere ? "Use one of those devices, or auto." : HowToAdd(DeviceKind.LibTorch, system))} "
        + "Or train all parameters (without adapters).");
}

/// <summary>Systems whose packages differ.</summary>
internal enum OperatingSystemKind
{
    Linux,
    Windows,
    MacOS,
}
