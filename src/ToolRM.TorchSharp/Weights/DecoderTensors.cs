using ToolRM.Models;
using static TorchSharp.torch;

namespace ToolRM.TorchSharp.Weights;

/// <summary>What a decoder computes with.</summary>
/// <param name="ByName">All parameters of <see cref="ParameterLayout"/>, of any type, and those of adapters, if there are any.</param>
/// <param name="AdapterScale">By what adapters are multiplied.</param>
internal sealed record DecoderTensors(IReadOnlyDictionary<string, Tensor> ByName, double AdapterScale = 0)
{
    /// <summary>The adapter of a matrix; <see langword="null"/> if it has none.</summary>
    public LowRankAdapter? AdapterOf(string matrix) => ByName.TryGetValue(LoraLayout.DownOf(matrix), out Tensor? down)
        ? new LowRankAdapter(down, ByName[LoraLayout.UpOf(matrix)], AdapterScale)
        : null;
}
