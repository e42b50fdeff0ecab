using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ToolRM.TorchSharp.Weights;

/// <summary>What low-rank adaptation adds to a projection: scale * x A^T B^T (Hu et al., arXiv 2106.09685).</summary>
/// <param name="Down">A, [rank, inputs].</param>
/// <param name="Up">B, [outputs, rank].</param>
/// <param name="Scale">Alpha over rank.</param>
internal sealed record LowRankAdapter(Tensor Down, Tensor Up, double Scale)
{
    public Tensor Apply(Tensor input) =>
        functional.linear(functional.linear(input, Down.to_type(input.dtype)), Up.to_type(input.dtype)).Times(Scale);

    /// <summary>What it adds to the projection's matrix, in float32.</summary>
    public Tensor Product() => Up.mm(Down).Times(Scale);
}
