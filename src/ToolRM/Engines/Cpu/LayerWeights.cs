using ToolRM.Engines.Cpu.Kernels;

namespace ToolRM.Engines.Cpu;

/// <summary>One decoder layer's parameters, packed for the forward pass.</summary>
internal sealed unsafe class LayerWeights : IDisposable
{
    private readonly AlignedBuffer _vectors;

    public LayerWeights(MatmulKernel kernel, DecoderShape shape)
    {
        Projection = new PackedMatrix(kernel, shape.Hidden, shape.Projected);
        Output = new PackedMatrix(kernel, shape.Queries, shape.Hidden);
        Gate = new PackedMatrix(kernel, shape.Hidden, shape.Intermediate);
        Up = new PackedMatrix(kernel, shape.Hidden, shape.Intermediate);
        Down = new PackedMatrix(kernel, shape.Intermediate, shape.Hidden);
        _vectors = new AlignedBuffer((2 * shape.PaddedHidden) + shape.PaddedProjected + (2 * shape.PaddedHeadSize));
        AttentionNorm = _vectors.Pointer;
        FeedForwardNorm = AttentionNorm + shape.PaddedHidden;
        ProjectionBias = FeedForwardNorm + shape.PaddedHidden;
        QueryNorm = ProjectionBias + shape.PaddedProjected;
        KeyNorm = QueryNorm + shape.PaddedHeadSize;
    }

    /// <summary>Queries, keys and values side by side.</summary>
    public PackedMatrix Projection { get; }

    public PackedMatrix Output { get; }

    public PackedMatrix Gate { get; }

    public PackedMatrix Up { get; }

    public PackedMatrix Down { get; }

    public float* AttentionNorm { get; }

    public float* FeedForwardNorm { get; }

    public float* ProjectionBias { get; }

    public float* QueryNorm { get; }

    public float* KeyNorm { get; }

    public void Dispose()
    {
        Projection.Dispose();
        Output.Dispose();
        Gate.Dispose();
        Up.Dispose();
        Down.Dispose();
        _vectors.Dispose();
    }
}
