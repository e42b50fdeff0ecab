namespace ToolRM.Engines.Cpu;

/// <summary>What one layer's forward pass leaves for its backward pass. Rows of queries are as many as the layer computes: all tokens, or in the last layer only the pooled ones.</summary>
internal sealed unsafe class LayerActivations(DecoderShape shape) : IDisposable
{
    private readonly AlignedBuffer[] _buffers = [.. Enumerable.Range(0, 10).Select(_ => new AlignedBuffer())];

    /// <summary>Tokens x hidden: the layer's input.</summary>
    public float* Input => _buffers[0].Pointer;

    /// <summary>Tokens x hidden: the normed input.</summary>
    public float* AttentionNormed => _buffers[1].Pointer;

    /// <summary>Tokens x projected: queries, keys, values with bias, before norm and rotation.</summary>
    public float* Projected => _buffers[2].Pointer;

    /// <summary>Queries x query width: rotated and scaled queries.</summary>
    public float* Queries => _buffers[3].Pointer;

    /// <summary>Tokens x key width: rotated keys.</summary>
    public float* Keys => _buffers[4].Pointer;

    /// <summary>Queries x query width: the attention's output.</summary>
    public float* Attended => _buffers[5].Pointer;

    /// <summary>Queries x hidden: the residual stream after the attention.</summary>
    public float* Middle => _buffers[6].Pointer;

    /// <summary>Queries x hidden: the same, normed.</summary>
    public float* FeedForwardNormed => _buffers[7].Pointer;

    /// <summary>Queries x (gate, up): the feed-forward layer's two projections.</summary>
    public float* Gate => _buffers[8].Pointer;

    public float* Up => Gate + UpOffset;

    /// <summary>Queries x intermediate: silu(gate) * up.</summary>
    public float* Activated => _buffers[9].Pointer;

    private long UpOffset { get; set; }

    public void Ensure(int tokens, int queryRows)
    {
        _buffers[0].Ensure((long)tokens * shape.PaddedHidden);
        _buffers[1].Ensure((long)tokens * shape.PaddedHidden);
        _buffers[2].Ensure((long)tokens * shape.PaddedProjected);
        _buffers[3].Ensure((long)queryRows * shape.PaddedQueries);
        _buffers[4].Ensure((long)tokens * shape.PaddedKeys);
        _buffers[5].Ensure((long)queryRows * shape.PaddedQueries);
        _buffers[6].Ensure((long)queryRows * shape.PaddedHidden);
        _buffers[7].Ensure((long)queryRows * shape.PaddedHidden);
        UpOffset = (long)queryRows * shape.PaddedIntermediate;
        _buffers[8].Ensure(2 * UpOffset);
        _buffers[9].Ensure(UpOffset);
    }

    public void Dispose() => Array.ForEach(_buffers, buffer => buffer.Dispose());
}
