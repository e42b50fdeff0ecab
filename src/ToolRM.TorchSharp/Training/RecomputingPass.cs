using ToolRM.TorchSharp.Rows;
using TorchSharp;
using static TorchSharp.torch;

namespace ToolRM.TorchSharp.Training;

/// <summary>
/// Keeps only the input of each layer, and computes a layer again, with its graph, when the gradient arrives at it (Chen et al.,
/// arXiv 1604.06174): memory for one layer's activations instead of all, for a third more work.
/// </summary>
internal sealed class RecomputingPass : ITrainingPass
{
    private readonly TorchDecoder _decoder;
    private readonly ForestRows _rows;

    /// <summary>The input of each layer, then the last one's output.</summary>
    private readonly List<Tensor> _streams = [];

    public RecomputingPass(TorchDecoder decoder, ForestRows rows, CancellationToken cancellationToken)
    {
        (_decoder, _rows) = (decoder, rows);
        using var grad = no_grad();
        (Tensor, Tensor) angles = decoder.Angles(rows);
        _streams.Add(decoder.Embed(rows));
        for (int layer = 0; layer < decoder.Layers; layer++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _streams.Add(decoder.Layer(layer, _streams[^1], rows, angles));
        }

        Rewards = decoder.Rewards(_streams[^1]);
    }

    public Tensor Rewards { get; }

    public void Backward(Tensor upstream, CancellationToken cancellationToken)
    {
        (Tensor, Tensor) angles = _decoder.Angles(_rows);
        Tensor gradient = Propagate(_decoder.Layers, upstream, _decoder.Rewards);
        for (int layer = _decoder.Layers - 1; layer >= 0; layer--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int current = layer;
            Tensor next = Propagate(layer, gradient, input => _decoder.Layer(current, input, _rows, angles));
            gradient.Dispose();
            gradient = next;
        }

        using DisposeScope scope = NewDisposeScope();
        Tensor embedded = _decoder.Embed(_rows);
        if (embedded.requires_grad)
        {
            embedded.backward([gradient]);
        }
    }

    public void DetachFromScope()
    {
        foreach (Tensor tensor in Kept())
        {
            tensor.DetachFromDisposeScope();
        }
    }

    public void Dispose()
    {
        foreach (Tensor tensor in Kept())
        {
            tensor.Dispose();
        }
    }

    private IEnumerable<Tensor> Kept() => [.. _streams, Rewards, .. _rows.Tensors];

    /// <summary>The gradient of a stream, in the caller's scope, from the gradient of what is computed of it.</summary>
    private Tensor Propagate(int stream, Tensor upstream, Func<Tensor, Tensor> compute)
    {
        using DisposeScope scope = NewDisposeScope();
        using Tensor input = _streams[stream].detach();
        input.requires_grad = true;
        compute(input).backward([upstream]);
        return input.grad!.MoveToOuterDisposeScope();
    }
}
