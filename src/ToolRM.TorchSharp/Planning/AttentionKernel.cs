namespace ToolRM.TorchSharp.Planning;

/// <summary>How attention is computed.</summary>
internal enum AttentionKernel
{
    /// <summary>Written out as products and a softmax, on any device; the one that others are checked against.</summary>
    Math,

    /// <summary>libtorch's own, whichever it has for a device that is not CUDA; on MPS only where it is asked for.</summary>
    Fused,

    /// <summary>libtorch's memory-efficient kernel: no matrix of scores in memory; takes a mask. CUDA only.</summary>
    MemoryEfficient,

    /// <summary>libtorch's flash kernel: the fastest, for 16-bit types, without a mask. CUDA only.</summary>
    Flash,
}
