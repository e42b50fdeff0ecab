namespace ToolRM.Engines.Cpu.Backward;

/// <summary>One layer's parameters as the backward pass needs them.</summary>
/// <param name="Weights">As packed for the forward pass; of them, the norms' gains.</param>
/// <param name="Transposed">The matrices, packed for dx = dy W.</param>
/// <param name="Gradients">Where their gradients go.</param>
internal sealed record LayerBackward(LayerWeights Weights, BackwardWeights Transposed, LayerGradients Gradients);
