using ToolRM.Engines;

namespace ToolRM.TorchSharp.Devices;

/// <summary>A device and why it is this one.</summary>
/// <param name="Capabilities">The device.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record SelectedDevice(DeviceCapabilities Capabilities, string Reason);

/// <summary>Finds the device that is asked for. A pure function.</summary>
internal static class DeviceSelector
{
    /// <summary>The device of a name; of <c>auto</c> the CUDA device with the most memory, else MPS, else the processor.</summary>
    /// <exception cref="DeviceException">It is not there, or libtorch cannot use it.</exception>
    public static SelectedDevice Select(DeviceName asked, DeviceInventory inventory) => asked.Kind switch
    {
        DeviceKind.Cuda => new(Cuda(asked, inventory), "asked for"),
        DeviceKind.Mps => new(Mps(asked, inventory), "asked for"),
        DeviceKind.Auto => Best(inventory),
        _ => new(Processor(inventory), "asked for"),
    };

    private static SelectedDevice Best(DeviceInventory inventory)
    {
        string? problem = CudaProblem(inventory);
        if (problem is null)
        {
            CudaDevice largest = inventory.Cuda.Devices.MaxBy(device => device.Memory)!;
            return new(DeviceCapabilities.OfCuda(largest), inventory.Cuda.Devices.Count > 1
                ? $"the CUDA device with the most memory of {inventory.Cuda.Devices.Count}, {inventory.Cuda.Driver}"
                : $"the CUDA device, {inventory.Cuda.Driver}");
        }

        return inventory.HasMps
            ? new(DeviceCapabilities.OfHost(DeviceKind.Mps, inventory.HostMemory), "Apple silicon")
            : new(Processor(inventory), $"no graphics processor: {problem}");
    }

    private static DeviceCapabilities Cuda(DeviceName asked, DeviceInventory inventory)
    {
        if (CudaProblem(inventory) is { } problem)
        {
            throw new DeviceException(
                $"The device '{asked}' was asked for, but {problem}. Install the driver or the package, or use the device cpu.");
        }

        return inventory.Cuda.Devices.FirstOrDefault(device => device.Index == asked.Index) is { } found
            ? DeviceCapabilities.OfCuda(found)
            : throw new DeviceException(
                $"The device '{asked}' was asked for, but this machine has only "
                + string.Join(", ", inventory.Cuda.Devices.Select(device => $"{DeviceCapabilities.OfCuda(device).Device} ({device.Name})")) + ".");
    }

    private static DeviceCapabilities Mps(DeviceName asked, DeviceInventory inventory) => inventory.HasMps
        ? DeviceCapabilities.OfHost(DeviceKind.Mps, inventory.HostMemory)
        : throw new DeviceException($"The device '{asked}' was asked for, but this is no Apple silicon. Use another device, or cpu.");

    private static DeviceCapabilities Processor(DeviceInventory inventory) =>
        DeviceCapabilities.OfHost(DeviceKind.LibTorch, inventory.HostMemory);

    /// <summary>Why CUDA cannot be used; <see langword="null"/> if it can.</summary>
    private static string? CudaProblem(DeviceInventory inventory) => inventory.Cuda.Problem ?? (inventory.LibTorchHasCuda ? null
        : $"the application's libtorch finds no CUDA, though the driver has {inventory.Cuda.Devices[0].Name}: it needs the package "
            + $"{DevicePackages.Runtime(DeviceKind.Cuda, OperatingSystemKind.Linux)} or {DevicePackages.Runtime(DeviceKind.Cuda, OperatingSystemKind.Windows)} "
            + $"in place of TorchSharp-cpu, and a driver for CUDA 12.8 ({inventory.Cuda.Driver})");
}
