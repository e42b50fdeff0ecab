using ToolRM.Models;

namespace ToolRM.TorchSharp.Planning;

/// <summary>What a layout costs for a batch.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="Attention">The kernel of the masked part if there is one, else of all attention.</param>
/// <param name="Rows">Rows of every matrix product: tokens and padding.</param>
/// <param name="Pairs">Pairs of a query and a key whose scores are computed, for each head.</param>
/// <param name="Work">Time of a layer in units of a multiply-add of a matrix product.</param>
/// <param name="Bytes">Memory of a layer's activations.</param>
internal sealed record LayoutCost(LayoutKind Layout, AttentionKernel Attention, long Rows, double Pairs, double Work, double Bytes)
{
    /// <summary>Estimates the cost.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="batch">What is computed.</param>
    /// <param name="config">The model.</param>
    /// <param name="type">The type of products.</param>
    /// <param name="unmasked">The kernel of attention without a mask.</param>
    /// <param name="masked">The kernel of attention with one.</param>
    public static LayoutCost Of(
        LayoutKind layout, BatchShape batch, DecoderConfig config, ComputeType type, AttentionKernel unmasked, AttentionKernel masked)
    {
        bool isPadded = layout == LayoutKind.Padded;
        long rows = isPadded ? (long)batch.Leaves * batch.LongestPath : batch.Tokens;
        double causal = isPadded ? (double)rows * batch.LongestPath : batch.TrunkPairs, branches = isPadded ? 0 : batch.BranchPairs;

        // A fused kernel leaves out what is above the diagonal.
        double causalPairs = unmasked == AttentionKernel.Math ? causal : causal / 2;
        double queries = (double)config.Heads * config.HeadSize, keys = (double)config.KeyValueHeads * config.HeadSize;
        double products = config.HiddenSize * ((2 * queries) + (2 * keys) + (3.0 * config.IntermediateSize));
        double attention = 2 * queries * ((causalPairs * Slowness(unmasked)) + (branches * Slowness(masked)));
        int width = type is ComputeType.BFloat16 or ComputeType.Float16 ? sizeof(short) : sizeof(float);

        // The stream and its sums in float32; projections, the attended and the feed-forward layer's three in the type of products.
        double rowBytes = (3.0 * sizeof(float) * config.HiddenSize) + (width * ((2 * queries) + (2 * keys) + (3.0 * config.IntermediateSize)));
        return new LayoutCost(
            layout,
            branches > 0 ? masked : unmasked,
            rows,
            causalPairs + branches,
            (rows * products) + attention,
            (rows * rowBytes) + (branches * width));
    }

    /// <summary>
    /// Time of a multiply-add in attention against one in a large product. Rough: flash attention reaches about half of the rate of
    /// products, and one that writes its scores to memory waits for memory most of the time.
    /// </summary>
    private static double Slowness(AttentionKernel kernel) => kernel switch
    {
        AttentionKernel.Flash => 2,
        AttentionKernel.MemoryEfficient or AttentionKernel.Fused => 4,
        _ => 16,
    };
}
