using ToolRM.Models;
using ToolRM.TorchSharp.Rows;
using ToolRM.TorchSharp.Weights;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ToolRM.TorchSharp;

/// <summary>
/// The decoder over plain tensors. Matrix products and attention are computed in one type; the sum that runs through the layers,
/// norms, rotation and the reward head in float32. With gradients enabled, all of it is differentiable.
/// </summary>
/// <param name="config">The model's shape.</param>
/// <param name="compute">The type of products.</param>
/// <param name="tensors">The parameters.</param>
/// <param name="rotary">The position embedding.</param>
internal sealed class TorchDecoder(DecoderConfig config, ScalarType compute, DecoderTensors tensors, RotaryTensors rotary)
{
    private readonly TorchLayer[] _layers = [.. Enumerable.Range(0, config.Layers).Select(layer => new TorchLayer(config, layer, tensors))];
    private readonly Tensor _embedding = tensors.ByName[ParameterLayout.Embedding];
    private readonly Tensor _finalNorm = tensors.ByName[ParameterLayout.FinalNorm];
    private readonly Tensor _head = tensors.ByName[ParameterLayout.Head];

    /// <summary>Number of layers.</summary>
    public int Layers => _layers.Length;

    /// <summary>The rewards of all leaves, [leaves], in float32 and in the caller's scope.</summary>
    public Tensor Run(ForestRows rows, CancellationToken cancellationToken)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor, Tensor) angles = Angles(rows);
        Tensor stream = Embed(rows);
        for (int layer = 0; layer < _layers.Length; layer++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Tensor next = Layer(layer, stream, rows, angles);
            stream.Dispose();
            stream = next;
        }

        return Rewards(stream).MoveToOuterDisposeScope();
    }

    /// <summary>What turns the rows' heads.</summary>
    public (Tensor, Tensor) Angles(ForestRows rows) => rotary.At(rows.Positions, rows.LongestPath);

    /// <summary>The beginning of the stream, [rows, hidden].</summary>
    public Tensor Embed(ForestRows rows)
    {
        using Tensor embedded = _embedding.index_select(0, rows.Tokens);
        return embedded.to_type(ScalarType.Float32);
    }

    /// <summary>The stream after a layer. After the last one only pooled rows are left, one per leaf: nothing needs the others.</summary>
    public Tensor Layer(int index, Tensor stream, ForestRows rows, (Tensor, Tensor) angles)
    {
        using DisposeScope scope = NewDisposeScope();
        TorchLayer layer = _layers[index];
        Tensor input = Norm(stream, layer.AttentionNorm).to_type(compute);
        Tensor queries = RotaryTensors.Turn(Heads(layer.Query, input, layer.QueryNorm), angles).to_type(compute);
        Tensor keys = RotaryTensors.Turn(Heads(layer.Key, input, layer.KeyNorm), angles).to_type(compute);
        Tensor attended = rows.Attend(queries, keys, Split(layer.Value.Apply(input)));
        if (index == _layers.Length - 1)
        {
            attended = attended.index_select(0, rows.Pooled);
            stream = stream.index_select(0, rows.Pooled);
        }

        stream = stream.Plus(layer.Output.Apply(attended));
        input = Norm(stream, layer.FeedForwardNorm).to_type(compute);
        Tensor inner = functional.silu(layer.Gate.Apply(input)).mul(layer.Up.Apply(input));
        return stream.Plus(layer.Down.Apply(inner)).MoveToOuterDisposeScope();
    }

    /// <summary>The rewards [leaves] of the stream after the last layer, [leaves, hidden].</summary>
    public Tensor Rewards(Tensor pooled)
    {
        using DisposeScope scope = NewDisposeScope();
        return functional.linear(Norm(pooled, _finalNorm), _head.to_type(ScalarType.Float32)).squeeze(1).MoveToOuterDisposeScope();
    }

    /// <summary>Heads [rows, heads, size] in float32, normed if the model does that.</summary>
    private Tensor Heads(TorchLinear projection, Tensor input, Tensor? gain)
    {
        Tensor heads = Split(projection.Apply(input)).to_type(ScalarType.Float32);
        return gain is null ? heads : Norm(heads, gain);
    }

    private Tensor Split(Tensor projected) => projected.view(projected.shape[0], -1, config.HeadSize);

    /// <summary>gain * x / sqrt(mean(x^2) + epsilon) over the last dimension (Zhang and Sennrich, arXiv 1910.07467), of float32.</summary>
    private Tensor Norm(Tensor x, Tensor gain) =>
        x.mul(x.mul(x).mean([-1], keepdim: true).Plus(config.NormEpsilon).rsqrt()).mul(gain.to_type(ScalarType.Float32));
}
