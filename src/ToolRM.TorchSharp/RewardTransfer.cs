using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace ToolRM.TorchSharp;

/// <summary>Brings rewards from a device.</summary>
internal static class RewardTransfer
{
    /// <summary>Waits for a float32 tensor of one dimension and copies its values.</summary>
    public static void Read(Tensor rewards, Span<float> destination)
    {
        using Tensor detached = rewards.detach(), host = detached.cpu();
        MemoryMarshal.Cast<byte, float>(host.bytes).CopyTo(destination);
    }
}
