using ToolRM.Engines;
using static TorchSharp.torch;

namespace ToolRM.TorchSharp.Planning;

/// <summary>How attention is computed.</summary>
internal enum AttentionKind
{
    /// <summary>Written out as two products and a softmax, in float32 inside: what others are compared with.</summary>
    Math,

    /// <summary>libtorch's fused attention: flash where there is no mask, memory-efficient where there is one, if the device has them.</summary>
    Fused,
}

/// <summary>How the tokens of a forest lie in the tensors.</summary>
internal enum LayoutKind
{
    /// <summary>Every token once, tree after tree; candidates see the prompt they share through a mask.</summary>
    Packed,

    /// <summary>A row per sequence, filled up on the right; prompts are computed for every candidate, and no mask is needed.</summary>
    Padded,
}

/// <summary>What runs a model on libtorch.</summary>
/// <param name="Device">For example <c>cuda:0</c>.</param>
/// <param name="Compute">Type of the matrix products; norms, softmax and the sum of layers are in float32.</param>
/// <param name="Attention">How attention is computed.</param>
/// <param name="Layout">How tokens lie.</param>
/// <param name="AllowsTf32">Whether float32 products may be rounded to 10 bits of mantissa on the way in (CUDA).</param>
/// <param name="Threads">Threads of work on the processor.</param>
/// <param name="Reason">Why this was chosen, in words.</param>
internal sealed record TorchPlan(
    string Device, ScalarType Compute, AttentionKind Attention, LayoutKind Layout, bool AllowsTf32, int Threads, string Reason)
{
    /// <summary>The plan that others are checked against, on the same device.</summary>
    public TorchPlan Reference => this with
    {
        Compute = ScalarType.Float32, Attention = AttentionKind.Math, Layout = LayoutKind.Packed, AllowsTf32 = false, Reason = "the reference",
    };

    /// <summary>Whether it computes as <see cref="Reference"/> does.</summary>
    public bool IsReference => this with { Reason = Reference.Reason } == Reference;

    /// <summary>The plan as it is shown to users.</summary>
    public KernelPlan Describe() => new(
        Device,
        Compute switch
        {
            ScalarType.BFloat16 => "bfloat16",
            ScalarType.Float16 => "float16",
            _ => AllowsTf32 ? "tf32" : "float32",
        },
        $"libtorch, {(Attention == AttentionKind.Math ? "math" : "fused")} attention, {(Layout == LayoutKind.Packed ? "packed" : "padded")}",
        Threads,
        Reason);
}
