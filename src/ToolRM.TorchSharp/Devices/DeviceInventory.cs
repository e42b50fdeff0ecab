using System.Runtime.InteropServices;

namespace ToolRM.TorchSharp.Devices;

/// <summary>What this machine has, and what the libtorch of the application can use of it.</summary>
/// <param name="Cuda">What the CUDA driver told.</param>
/// <param name="LibTorchHasCuda">Whether the application's libtorch has CUDA and finds it.</param>
/// <param name="HasMps">Whether this is Apple silicon, whose libtorch has MPS.</param>
/// <param name="HostMemory">Bytes of memory that this process may use.</param>
internal sealed record DeviceInventory(CudaProbe Cuda, bool LibTorchHasCuda, bool HasMps, long HostMemory)
{
    /// <summary>Looks at the rest of this machine.</summary>
    public static DeviceInventory Of(CudaProbe cuda, bool libTorchHasCuda) => new(
        cuda,
        libTorchHasCuda,
        OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture == Architecture.Arm64,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
}
