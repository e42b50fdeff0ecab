namespace ToolRM.Engines.Cpu;

/// <summary>
/// What one layer's forward pass leaves for its backward pass; what is cheap to compute again is not kept. Rows of queries
/// are as many as the layer computes: all tokens, or in the last layer only the pooled ones.
/// </summary>
internal sealed unsafe class LayerActivations(DecoderShape shape) : IDisposable
{
    private readonly AlignedBuffer[] _buffers = [.. Enumerable.Range(0, 7).Select(_ => new AlignedBuffer())];
    private int _rows;

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

    /// <summary>The feed-forward layer's first projection, for one row and the rows that follow: a panel of its columns.</summary>
    public float* Gate(int panel, int row) => _buffers[5].Pointer + Place(panel, row);

    /// <summary>Its second projection, which the gate multiplies, in the same layout.</summary>
    public float* Up(int panel, int row) => _buffers[6].Pointer + Place(panel, row);

    /// <summary>Makes room.</summary>
    public void Ensure(int tokens, int queryRows)
    {
        _buffers[0].Ensure((long)tokens * shape.PaddedProjected);
        _buffers[1].Ensure((long)queryRows * shape.PaddedQueries);
        _buffers[2].Ensure((long)tokens * shape.PaddedKeys);
        _buffers[3].Ensure((long)queryRows * shape.PaddedQueries);
        _buffers[4].Ensure((long)queryRows * shape.PaddedHidden);
        _rows = queryRows;
        _buffers[5].Ensure((long)queryRows * shape.PaddedIntermediate);
        _buffers[6].Ensure((long)queryRows * shape.PaddedIntermediate);
    }

    public void Dispose() => Array.ForEach(_buffers, buffer => buffer.Dispose());

    private long Place(int panel, int row) => (((long)panel * _rows) + row) * shape.Width;
}
