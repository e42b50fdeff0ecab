using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ToolRM.TorchSharp.Weights;

/// <summary>A projection: x W^T + b, computed in the type of its input, whatever the type its weights are kept in.</summary>
/// <param name="Weight">[outputs, inputs].</param>
/// <param name="Bias">[outputs], or none.</param>
/// <param name="Adapter">What is added to it, or nothing.</param>
internal sealed record TorchLinear(Tensor Weight, Tensor? Bias, LowRankAdapter? Adapter)
{
    public Tensor Apply(Tensor input)
    {
        Tensor output = functional.linear(input, Weight.to_type(input.dtype), Bias?.to_type(input.dtype));
        return Adapter is null ? output : output.Plus(Adapter.Apply(input));
    }
}
