using System.Globalization;

namespace ToolRM.TorchSharp.Devices;

/// <summary>A graphics processor as its driver describes it.</summary>
/// <param name="Index">Its number, from 0, as in <c>cuda:0</c>.</param>
/// <param name="Name">For example <c>NVIDIA H200</c>.</param>
/// <param name="Capability">Its compute capability.</param>
/// <param name="Multiprocessors">Number of multiprocessors.</param>
/// <param name="Memory">Its memory in bytes.</param>
internal sealed record CudaDevice(int Index, string Name, ComputeCapability Capability, int Multiprocessors, long Memory);

/// <summary>What a graphics processor of NVIDIA can do, such as 8.0 (A100) or 9.0 (H100).</summary>
internal readonly record struct ComputeCapability(int Major, int Minor) : IComparable<ComputeCapability>
{
    public static bool operator <(ComputeCapability left, ComputeCapability right) => left.CompareTo(right) < 0;

    public static bool operator >(ComputeCapability left, ComputeCapability right) => left.CompareTo(right) > 0;

    public static bool operator <=(ComputeCapability left, ComputeCapability right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ComputeCapability left, ComputeCapability right) => left.CompareTo(right) >= 0;

    public int CompareTo(ComputeCapability other) => (Major, Minor).CompareTo((other.Major, other.Minor));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");
}
