using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ToolRM.TorchSharp.Attention;

/// <summary>libtorch's own attention, which picks flash, memory-efficient or plain kernels by device, type, head size and mask.</summary>
/// <param name="compute">The type of queries, keys and values.</param>
internal sealed class FusedAttention(ScalarType compute) : IAttention
{
    private static readonly Lazy<bool> _isThere = new(Probe);

    /// <summary>Whether the application's libtorch has it: those before 2.0 do not. Needs an open device.</summary>
    public static bool IsThere => _isThere.Value;

    public Tensor Causal(Tensor queries, Tensor keys, Tensor values) =>
        functional.scaled_dot_product_attention(
            queries, Widen(keys, queries), Widen(values, queries), is_casual: true);

    public Tensor Masked(Tensor queries, Tensor keys, Tensor values, Tensor mask) =>
        functional.scaled_dot_product_attention(queries, Widen(keys, queries), Widen(values, queries), mask);

    /// <summary>Added to the scores: a mask of truth values would become this again in every layer.</summary>
    public Tensor Mask(Tensor visible)
    {
        using Tensor nothing = zeros(visible.shape, compute, visible.device), hidden = visible.logical_not();
        return nothing.Hide(hidden);
    }

    private static bool Probe()
    {
        using var grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        try
        {
            Tensor heads = zeros([1, 1, 1, 8], ScalarType.Float32, CPU);
            return functional.scaled_dot_product_attention(heads, heads, heads, is_casual: true).shape is [1, 1, 1, 8];
        }
        catch (Exception error) when (error is EntryPointNotFoundException or ExternalException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Repeats each key head for the query heads that share it: the kernels want as many of one as of the other.</summary>
    private static Tensor Widen(Tensor heads, Tensor queries)
    {
        long batch = heads.shape[0], keyHeads = heads.shape[1], tokens = heads.shape[2], size = heads.shape[3], group = queries.shape[1] / keyHeads;
        return group == 1 ? heads : heads.unsqueeze(2).expand(batch, keyHeads, group, tokens, size).reshape(batch, keyHeads * group, tokens, size);
    }
}
