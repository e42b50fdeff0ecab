using ToolRM.Engines;

namespace ToolRM.TorchSharp.Devices;

/// <summary>What matters of a device for the choice of kernels.</summary>
/// <param name="Device">The device: the processor by libtorch (<see cref="DeviceKind.LibTorch"/>), CUDA or MPS.</param>
/// <param name="Description">What to call it, for example <c>NVIDIA H200</c>.</param>
/// <param name="Capability">Its compute capability; 0.0 if it is not CUDA.</param>
/// <param name="Memory">Bytes of memory for weights and activations.</param>
internal sealed record DeviceCapabilities(DeviceName Device, string Description, ComputeCapability Capability, long Memory)
{
    /// <summary>Whether the application's libtorch has attention of its own, which those before 2.0 do not.</summary>
    public bool HasFusedAttention { get; init; } = true;

    public bool IsCuda => Device.Kind == DeviceKind.Cuda;

    public bool IsMps => Device.Kind == DeviceKind.Mps;

    /// <summary>What libtorch calls it.</summary>
    public string LibTorchName => IsCuda || IsMps ? Device.ToString() : "cpu";

    public static DeviceCapabilities OfCuda(CudaDevice device) => new(
        new DeviceName(DeviceKind.Cuda, device.Index), device.Name, device.Capability, device.Memory);

    /// <summary>The processor, or the graphics processor of Apple silicon, which shares its memory.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="memory">Bytes of memory of the machine.</param>
    public static DeviceCapabilities OfHost(DeviceKind kind, long memory) => new(
        new DeviceName(kind), kind == DeviceKind.Mps ? "the graphics processor of Apple silicon" : "the processor", default, memory);
}
