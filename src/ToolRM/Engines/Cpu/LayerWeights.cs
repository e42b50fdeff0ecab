using ToolRM.Engines.Cpu.Weights;

namespace ToolRM.Engines.Cpu;

/// <summary>One decoder layer's parameters, packed for the forward pass.</summary>
internal sealed unsafe class LayerWeights : IDisposable
{
    private readonly AlignedBuffer _vectors;

    /// <param name="shape">The model's shape.</param>
    /// <param name="create">Makes a matrix of a depth (inputs) and a number of columns (outputs).</param>
    public LayerWeights(DecoderShape shape, Func<int, int, WeightMatrix> create)
    {
        Projection = create(shape.Hidden, shape.Projected);
        Output = create(shape.Queries, shape.Hidden);
        Gate = create(shape.Hidden, shape.Intermediate);
        Up = create(shape.Hidden, shape.Intermediate);
        Down = create(shape.Intermediate, shape.Hidden);
        _vectors = new AlignedBuffer((2 * shape.PaddedHidden) + shape.PaddedProjected + (2 * shape.PaddedHeadSize));
        AttentionNorm = _vectors.Pointer;
        FeedForwardNorm = AttentionNorm + shape.PaddedHidden;
        ProjectionBias = FeedForwardNorm + shape.PaddedHidden;
        if (shape.Config.HasQueryKeyNorm)
        {
            QueryNorm = ProjectionBias + shape.PaddedProjected;
            KeyNorm = QueryNorm + shape.PaddedHeadSize;
        }
    }

    /// <summary>Queries, keys and values side by side.</summary>
    public WeightMatrix Projection { get; }

    public WeightMatrix Output { get; }

    public WeightMatrix Gate { get; }

    public WeightMatrix Up { get; }

    public WeightMatrix Down { get; }

    public float* AttentionNorm { get; }

    public float* FeedForwardNorm { get; }

    public float* ProjectionBias { get; }

    /// <summary>The gain of the norm of query heads; null if there is none, as for keys.</summary>
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
