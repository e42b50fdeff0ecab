using ToolRM.TorchSharp.Rows;
using static TorchSharp.torch;

namespace ToolRM.TorchSharp.Training;

/// <summary>Keeps all activations, in libtorch's graph.</summary>
internal sealed class KeepingPass(TorchDecoder decoder, ForestRows rows, CancellationToken cancellationToken) : ITrainingPass
{
    public Tensor Rewards { get; } = decoder.Run(rows, cancellationToken);

    public void Backward(Tensor upstream, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Rewards.backward([upstream]);
    }

    public void DetachFromScope() => Rewards.DetachFromDisposeScope();

    public void Dispose() => Rewards.Dispose();
}
