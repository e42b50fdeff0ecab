using ToolRM.Engines;
using ToolRM.Models;
using ToolRM.TorchSharp.Devices;

namespace ToolRM.Tests.TorchSharp;

/// <summary>Devices and models to choose kernels for.</summary>
internal static class TestDevices
{
    public const long Gigabyte = 1_000_000_000;

    /// <summary>The shape of Qwen2.5-1.5B.</summary>
    public static DecoderConfig Qwen { get; } = new()
    {
        ModelType = "qwen2", VocabularySize = 151_936, HiddenSize = 1536, IntermediateSize = 8960, Layers = 28, Heads = 12, KeyValueHeads = 2,
        HeadSize = 128, HasAttentionBias = true, MaxLength = 32_768,
    };

    /// <summary>A device by a word: <c>cpu</c>, <c>mps</c>, or a compute capability such as <c>8.0</c>.</summary>
    public static DeviceCapabilities Of(string word, long memory = 80 * Gigabyte) => word switch
    {
        "cpu" => DeviceCapabilities.OfHost(DeviceKind.LibTorch, memory),
        "mps" => DeviceCapabilities.OfHost(DeviceKind.Mps, memory),
        _ => DeviceCapabilities.OfCuda(Cuda(0, word, memory)),
    };

    public static CudaDevice Cuda(int index, string capability, long memory)
    {
        int[] parts = [.. capability.Split('.').Select(int.Parse)];
        return new CudaDevice(index, $"Test {index}", new ComputeCapability(parts[0], parts[1]), 100, memory);
    }
}
