using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace ToolRM.TorchSharp;

/// <summary>Opens devices of libtorch.</summary>
internal static class TorchRuntime
{
    private const string Packages =
        "TorchSharp-cpu for the processor and Apple MPS, TorchSharp-cuda-linux or TorchSharp-cuda-windows for CUDA";

    /// <summary>A device that is ready for work.</summary>
    /// <param name="name"><c>cpu</c>, <c>cuda:0</c> or <c>mps</c>.</param>
    /// <exception cref="ToolRMException">libtorch's native libraries or the device are not there.</exception>
    public static Device Open(string name)
    {
        try
        {
            Device opened = device(name);
            InitializeDeviceType(opened.type);
            if (opened.type == DeviceType.CUDA && opened.index >= cuda.device_count())
            {
                throw new ToolRMException($"There is no device {name}: this machine has {cuda.device_count()} CUDA devices, numbered from 0.");
            }

            return opened;
        }
        catch (Exception error) when (error is NotSupportedException or DllNotFoundException or TypeInitializationException
            or InvalidOperationException or ExternalException or EntryPointNotFoundException or BadImageFormatException)
        {
            throw new ToolRMException(
                $"libtorch cannot use the device '{name}': {DeviceMemory.FirstLine(error)} " +
                $"Its native libraries come with packages beside TorchSharp: add {Packages}, version 0.106.0, to the application, or choose the device 'cpu'.",
                error);
        }
    }
}
