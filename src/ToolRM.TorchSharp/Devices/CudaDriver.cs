using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ToolRM.TorchSharp.Devices;

/// <summary>
/// Asks the CUDA driver what there is. TorchSharp tells no device's name, capability or memory, and asking libtorch would load it;
/// the driver's library is part of the driver itself, and asking it makes no context on a device. Never throws: no driver, or one
/// that does not answer, is an answer too.
/// </summary>
internal static unsafe class CudaDriver
{
    private const int Success = 0, NameBytes = 256;

    private const int Multiprocessors = 16, CapabilityMajor = 75, CapabilityMinor = 76;

    /// <summary>Asks the driver of this machine.</summary>
    public static CudaProbe Probe() =>
        OperatingSystem.IsWindows() ? Probe("nvcuda.dll")
        : OperatingSystem.IsLinux() ? Probe("libcuda.so.1")
        : CudaProbe.None("this system has no CUDA");

    /// <summary>Asks a driver's library.</summary>
    public static CudaProbe Probe(string library)
    {
        // The library stays loaded, as libtorch will want it.
        if (!NativeLibrary.TryLoad(library, out nint handle))
        {
            return CudaProbe.None($"there is no CUDA driver ({library} cannot be loaded)");
        }

        string[] names = ["cuInit", "cuDriverGetVersion", "cuDeviceGetCount", "cuDeviceGet", "cuDeviceGetName", "cuDeviceGetAttribute", "cuDeviceTotalMem_v2"];
        var functions = new nint[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            if (!NativeLibrary.TryGetExport(handle, names[i], out functions[i]))
            {
                return CudaProbe.None($"the CUDA driver is none or too old ({library} has no {names[i]})");
            }
        }

        return Ask(library, handle, functions);
    }

    private static CudaProbe Ask(string library, nint handle, nint[] functions)
    {
        int version = 0, count = 0;
        if (((delegate* unmanaged<uint, int>)functions[0])(0) is not Success and int error)
        {
            return CudaProbe.None(Refusal(library, handle, error));
        }

        if (((delegate* unmanaged<int*, int>)functions[1])(&version) is not Success and int versionError)
        {
            return CudaProbe.None(Refusal(library, handle, versionError));
        }

        if (((delegate* unmanaged<int*, int>)functions[2])(&count) is not Success and int countError)
        {
            return CudaProbe.None(Refusal(library, handle, countError), version);
        }

        var devices = new List<CudaDevice>();
        for (int i = 0; i < count; i++)
        {
            if (Describe(i, functions, out CudaDevice? device) is not Success and int deviceError)
            {
                return CudaProbe.None(Refusal(library, handle, deviceError), version);
            }

            devices.Add(device!);
        }

        return devices.Count > 0 ? new CudaProbe(devices, version, Problem: null) : CudaProbe.None("the CUDA driver has no device", version);
    }

    private static int Describe(int index, nint[] functions, out CudaDevice? described)
    {
        described = null;
        int device = 0, major = 0, minor = 0, multiprocessors = 0;
        nuint memory = 0;
        int error = ((delegate* unmanaged<int*, int, int>)functions[3])(&device, index);
        byte* name = stackalloc byte[NameBytes];
        error = error != Success ? error : ((delegate* unmanaged<byte*, int, int, int>)functions[4])(name, NameBytes, device);
        var attribute = (delegate* unmanaged<int*, int, int, int>)functions[5];
        error = error != Success ? error : attribute(&major, CapabilityMajor, device);
        error = error != Success ? error : attribute(&minor, CapabilityMinor, device);
        error = error != Success ? error : attribute(&multiprocessors, Multiprocessors, device);
        error = error != Success ? error : ((delegate* unmanaged<nuint*, int, int>)functions[6])(&memory, device);
        if (error == Success)
        {
            string text = Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name));
            described = new CudaDevice(index, text, new ComputeCapability(major, minor), multiprocessors, (long)memory);
        }

        return error;
    }

    /// <summary>The driver's own words for an error, if it has any.</summary>
    private static string Refusal(string library, nint handle, int error)
    {
        byte* text = null;
        bool hasText = NativeLibrary.TryGetExport(handle, "cuGetErrorString", out nint function)
            && ((delegate* unmanaged<int, byte**, int>)function)(error, &text) == Success && text != null;
        string words = hasText ? Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text)) : "no reason";
        return string.Create(CultureInfo.InvariantCulture, $"the CUDA driver ({library}) refuses: {words} (error {error})");
    }
}
