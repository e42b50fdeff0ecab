using System.Globalization;

namespace ToolRM.Engines;

/// <summary>A kind of device that models run on.</summary>
internal enum DeviceKind
{
    /// <summary>The best there is, with the reason told.</summary>
    Auto,

    /// <summary>The processor, with this library's own kernels.</summary>
    Cpu,

    /// <summary>The processor, with the kernels of libtorch.</summary>
    LibTorch,

    /// <summary>A graphics processor of NVIDIA.</summary>
    Cuda,

    /// <summary>The graphics processor of Apple silicon.</summary>
    Mps,
}

/// <summary>A device as options and the command line name it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Index">Which of several, from 0; CUDA only.</param>
internal readonly record struct DeviceName(DeviceKind Kind, int Index = 0)
{
    /// <summary>What names look like, for messages.</summary>
    public const string Syntax = "auto, cpu, libtorch, cuda, cuda:N (N from 0) or mps";

    private const string CudaPrefix = "cuda:";

    /// <summary>Reads a name.</summary>
    /// <exception cref="DeviceException">It is none.</exception>
    public static DeviceName Parse(string text) =>
        TryParse(text, out DeviceName name) ? name : throw new DeviceException($"'{text}' names no device. Expected {Syntax}.");

    /// <summary>Reads a name; false if it is none.</summary>
    public static bool TryParse(string text, out DeviceName name)
    {
        int index = 0;
        DeviceKind? kind = text switch
        {
            "auto" => DeviceKind.Auto,
            "cpu" => DeviceKind.Cpu,
            "libtorch" => DeviceKind.LibTorch,
            "cuda" => DeviceKind.Cuda,
            "mps" => DeviceKind.Mps,
            _ when text.StartsWith(CudaPrefix, StringComparison.Ordinal)
                && int.TryParse(text.AsSpan(CudaPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out index) => DeviceKind.Cuda,
            _ => null,
        };
        name = new DeviceName(kind ?? DeviceKind.Auto, index);
        return kind is not null;
    }

    /// <summary>The name, of CUDA always with the index.</summary>
    public override string ToString() => Kind switch
    {
        DeviceKind.Cpu => "cpu",
        DeviceKind.LibTorch => "libtorch",
        DeviceKind.Cuda => string.Create(CultureInfo.InvariantCulture, $"{CudaPrefix}{Index}"),
        DeviceKind.Mps => "mps",
        _ => "auto",
    };
}
