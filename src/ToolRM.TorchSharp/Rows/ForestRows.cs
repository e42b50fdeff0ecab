using static TorchSharp.torch;

namespace ToolRM.TorchSharp.Rows;

/// <summary>
/// How the tokens of a forest lie in the rows of tensors, and which see which. Its tensors belong to the scope it was made in.
/// </summary>
internal abstract class ForestRows
{
    /// <summary>The token of each row.</summary>
    public required Tensor Tokens { get; init; }

    /// <summary>The position of each row in its sequence.</summary>
    public required Tensor Positions { get; init; }

    /// <summary>The row of each leaf's pooled token.</summary>
    public required Tensor Pooled { get; init; }

    /// <summary>Positions are below it.</summary>
    public required int LongestPath { get; init; }

    /// <summary>All its tensors.</summary>
    public virtual IEnumerable<Tensor> Tensors => [Tokens, Positions, Pooled];

    /// <summary>Attention over rows.</summary>
    /// <param name="queries">[rows, heads, size].</param>
    /// <param name="keys">[rows, key heads, size].</param>
    /// <param name="values">As keys.</param>
    /// <returns>[rows, heads * size], in the caller's scope, as everything made on the way.</returns>
    public abstract Tensor Attend(Tensor queries, Tensor keys, Tensor values);

    /// <summary>A vector of indices on a device.</summary>
    protected static Tensor Indices(long[] values, Device device) => tensor(values, ScalarType.Int64, device);
}
