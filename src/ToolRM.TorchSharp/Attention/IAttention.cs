using static TorchSharp.torch;

namespace ToolRM.TorchSharp.Attention;

/// <summary>
/// Attention of queries [batch, heads, tokens, size] over keys and values [batch, key heads, tokens, size], where heads are a
/// multiple of key heads. The result has the shape and type of the queries. Tensors it makes belong to the caller's scope.
/// </summary>
internal interface IAttention
{
    /// <summary>Token i sees keys 0 to i.</summary>
    Tensor Causal(Tensor queries, Tensor keys, Tensor values);

    /// <summary>Each token sees what a mask from <see cref="Mask"/> says.</summary>
    Tensor Masked(Tensor queries, Tensor keys, Tensor values, Tensor mask);

    /// <summary>A mask as this kernel wants it.</summary>
    /// <param name="visible">[queries, keys], true where a query sees a key.</param>
    Tensor Mask(Tensor visible);
}
