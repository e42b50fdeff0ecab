namespace ToolRM.Engines.Cpu;

/// <summary>
/// What one layer's forward pass leaves for its backward pass; what is cheap to compute again is not kept. Rows of queries
/// are as many as the layer computes: all tokens, or in the last layer only the pooled ones.
/// </summary>
internal sealed unsafe class LayerActivations(DecoderShape shape) : IDisposable
{
    private readonly AlignedBuffer[] _buffers = [.. Enumerable.Range(0, 5).Select(_ => new AlignedBuffer())];

    /// <summary>Tokens x projected: queries, keys, values with bias, before norm and rotation.</summary>
    public float* Projected => _buffers[0].Pointer;

    /// <summary>Queries x query width: rotated and scaled queries.</summary>
    public float* Queries => _buffers[1].Pointer;

    /// <summary>Tokens x key width: rotated keys.</summary>
    public float* Keys => _buffers[2].Pointer;

    /// <summary>Queries x query width: the attention's output.</summary>
    public float* Attended => _buffers[3].Pointer;

    /// <summary>Queries x hidden: the residual stream after the attention.</summary>
    public float* Middle => _buffers[4].Pointer;

    /// <summary>Queries x intermediate: the feed-forward layer's first projection.</summary>
    public TokenPanels Gate { get; } = new(shape.PaddedIntermediate, shape.Width);

    /// <summary>Queries x intermediate: its second, which the gate multiplies.</summary>
    public TokenPanels Up { get; } = new(shape.PaddedIntermediate, shape.Width);

    /// <summary>Makes room.</summary>
    public void Ensure(int tokens, int queryRows)
    {
        _buffers[0].Ensure((long)tokens * shape.PaddedProjected);
        _buffers[1].Ensure((long)queryRows * shape.PaddedQueries);
        _buffers[2].Ensure((long)tokens * shape.PaddedKeys);
        _buffers[3].Ensure((long)queryRows * shape.PaddedQueries);
        _buffers[4].Ensure((long)queryRows * shape.PaddedHidden);
        Gate.Ensure(queryRows);
        Up.Ensure(queryRows);
    }

    public void Dispose()
    {
        Array.ForEach(_buffers, buffer => buffer.Dispose());
        Gate.Dispose();
        Up.Dispose();
    }
}
