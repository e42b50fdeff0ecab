using System.Runtime.InteropServices;
using ToolRM.TorchSharp.Devices;
using TorchSharp;
using static TorchSharp.torch;

namespace ToolRM.TorchSharp;

/// <summary>Opens devices of libtorch.</summary>
internal static class TorchRuntime
{
    private const string Advice =
        "Its native libraries come with packages beside TorchSharp: add TorchSharp-cpu (the processor, Apple MPS), TorchSharp-cuda-linux or " +
        "TorchSharp-cuda-windows, version 0.106.0, to the application; or choose the device 'cpu', which needs none of them.";

    /// <summary>Whether the application's libtorch has CUDA and finds it. Loads libtorch.</summary>
    private static bool HasCuda
    {
        get
        {
            try
            {
                return CanLoad(isCuda: true) && cuda.is_available();
            }
            catch (Exception error) when (IsFailure(error))
            {
                return false;
            }
        }
    }

    /// <summary>What this machine has and libtorch can use.</summary>
    public static DeviceInventory FindDevices()
    {
        // The driver is asked first: to find that there is no CUDA, libtorch would have to be loaded.
        CudaProbe driver = CudaDriver.Probe();
        return DeviceInventory.Of(driver, libTorchHasCuda: driver.Problem is null && HasCuda);
    }

    /// <summary>A device that is ready for work.</summary>
    /// <param name="name"><c>cpu</c>, <c>cuda:0</c> or <c>mps</c>.</param>
    /// <exception cref="DeviceException">libtorch's native libraries or the device are not there.</exception>
    public static Device Open(string name)
    {
        string shown = name == "cpu" ? "libtorch" : name;
        if (!CanLoad(name.StartsWith("cuda", StringComparison.Ordinal)))
        {
            throw new DeviceException($"The device '{shown}' needs libtorch, which is not there or cannot be loaded. {Advice}");
        }

        try
        {
            Device opened = device(name);
            InitializeDeviceType(opened.type);
            if (opened.type == DeviceType.CUDA && opened.index >= cuda.device_count())
            {
                throw new DeviceException($"There is no device {name}: this machine has {cuda.device_count()} CUDA devices, numbered from 0.");
            }

            return opened;
        }
        catch (Exception error) when (IsFailure(error))
        {
            throw new DeviceException($"libtorch cannot use the device '{shown}': {DeviceMemory.FirstLine(error)} {Advice}", error);
        }
    }

    /// <summary>What TorchSharp throws if libtorch or a device cannot be used.</summary>
    private static bool IsFailure(Exception error) => error is NotSupportedException or DllNotFoundException or TypeInitializationException
        or InvalidOperationException or ExternalException or EntryPointNotFoundException or BadImageFormatException;

    /// <summary>
    /// Loads what TorchSharp would. It is tried here first because TorchSharp prints to standard output what it cannot load. Only its
    /// own library is decisive: that one asks for the libraries of libtorch by the names it was linked with, and these may be others.
    /// </summary>
    private static bool CanLoad(bool isCuda)
    {
        TryLoad(isCuda ? "torch_cuda" : "torch_cpu");
        return TryLoad("LibTorchSharp");
    }

    private static bool TryLoad(string library) => NativeLibrary.TryLoad(library, typeof(torch).Assembly, searchPath: null, out _);
}
