using ToolRM.TorchSharp.Devices;

namespace ToolRM.TorchSharp.Planning;

/// <summary>What libtorch can compute on which device: each rule gives the reason why not, or <see langword="null"/>.</summary>
internal static class KernelRules
{
    private const int FlashMaxHeadSize = 256, WidthOf16Bits = 8, WidthOf32Bits = 4;

    private static readonly ComputeCapability _maxwell = new(5, 0), _float16 = new(5, 3), _ampere = new(8, 0);

    /// <summary>Why a device cannot compute in a type.</summary>
    public static string? WhyNot(ComputeType type, DeviceCapabilities device) => type switch
    {
        ComputeType.BFloat16 when device.IsCuda => Below(_ampere, device),
        ComputeType.BFloat16 when device.IsMps => "MPS computes in float32 and float16",
        ComputeType.Float16 when device.IsCuda => Below(_float16, device),
        ComputeType.Float16 when !device.IsMps => "the processor computes in float32 and bfloat16",
        ComputeType.TensorFloat32 when device.IsCuda => Below(_ampere, device),
        ComputeType.TensorFloat32 => "only CUDA has it",
        _ => null,
    };

    /// <summary>Why attention cannot be computed by a kernel.</summary>
    public static string? WhyNot(AttentionKernel kernel, DeviceCapabilities device, ComputeType type, int headSize, bool needsMask)
    {
        bool is16Bits = type is ComputeType.BFloat16 or ComputeType.Float16;
        return kernel switch
        {
            AttentionKernel.Math => null,
            _ when !device.HasFusedAttention => "this libtorch has no attention of its own, which it has from version 2.0 on; the kernel 'math' needs none",
            AttentionKernel.Fused => device.IsCuda ? "on CUDA ask for flash or memory-efficient" : null,
            _ when !device.IsCuda => "only CUDA has it",
            AttentionKernel.Flash when needsMask => "it takes no mask, which candidates that share a prompt in the packed layout need",
            AttentionKernel.Flash when !is16Bits => "it computes in bfloat16 and float16 only",
            AttentionKernel.Flash when Below(_ampere, device) is { } below => below,
            AttentionKernel.Flash when headSize > FlashMaxHeadSize => FormattableString.Invariant($"it takes heads of at most {FlashMaxHeadSize}, not {headSize}"),
            AttentionKernel.MemoryEfficient when Below(_maxwell, device) is { } below => below,
            _ when headSize % (is16Bits ? WidthOf16Bits : WidthOf32Bits) != 0 =>
                FormattableString.Invariant($"it takes heads of a multiple of {(is16Bits ? WidthOf16Bits : WidthOf32Bits)}, not {headSize}"),
            _ => null,
        };
    }

    /// <summary>The fastest kernel that can compute attention; on MPS, where libtorch's own was never tried, the plain one.</summary>
    public static AttentionKernel Fastest(DeviceCapabilities device, ComputeType type, int headSize, bool needsMask) =>
        WhyNot(AttentionKernel.Flash, device, type, headSize, needsMask) is null ? AttentionKernel.Flash
        : WhyNot(AttentionKernel.MemoryEfficient, device, type, headSize, needsMask) is null ? AttentionKernel.MemoryEfficient
        : !device.IsMps && WhyNot(AttentionKernel.Fused, device, type, headSize, needsMask) is null ? AttentionKernel.Fused
        : AttentionKernel.Math;

    /// <summary>The type that a device computes in if none is asked for.</summary>
    public static ComputeType Usual(DeviceCapabilities device) =>
        !device.IsCuda ? ComputeType.Float32
        : device.Capability >= _ampere ? ComputeType.BFloat16
        : device.Capability.Major == 7 ? ComputeType.Float16
        : ComputeType.Float32;

    private static string? Below(ComputeCapability least, DeviceCapabilities device) =>
        device.Capability < least ? $"it needs compute capability {least}, {device.Description} has {device.Capability}" : null;
}
