using static TorchSharp.torch;

namespace ToolRM.TorchSharp.Training;

/// <summary>A forward pass, with what its backward pass needs.</summary>
internal interface ITrainingPass : IDisposable
{
    /// <summary>[leaves], float32.</summary>
    Tensor Rewards { get; }

    /// <summary>Adds the parameters' gradients of sum(rewards * upstream) to theirs. Once only.</summary>
    void Backward(Tensor upstream, CancellationToken cancellationToken);

    /// <summary>Keeps what is needed beyond the scope the pass was made in.</summary>
    void DetachFromScope();
}
