using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ToolRM.TorchSharp.Weights;

/// <summary>A projection: x W^T + b, computed in the type of its input, whatever the type its weights are kept in.</summary>
/// <param name="Weight">[outputs, inputs].</param>
/// <param name="Bias">[outputs], or none.</param>
internal sealed record TorchLinear(Tensor Weight, Tensor? Bias)
{
    public Tensor Apply(Tensor input) => functional.linear(input, Weight.to_type(input.dtype), Bias?.to_type(input.dtype));
}
