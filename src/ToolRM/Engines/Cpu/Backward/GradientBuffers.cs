namespace ToolRM.Engines.Cpu.Backward;

/// <summary>Gradients of the rows of one layer, reused from layer to layer, and each block's share of the vectors' gradients.</summary>
internal sealed unsafe class GradientBuffers(DecoderShape shape) : IDisposable
{
    private readonly AlignedBuffer[] _buffers = [.. Enumerable.Range(0, 8).Select(_ => new AlignedBuffer())];

    /// <summary>Tokens x hidden: of the residual stream.</summary>
    public float* Hidden => _buffers[0].Pointer;

    /// <summary>Leaves x hidden: of the pooled tokens' residual stream in the last layer.</summary>
    public float* Pooled => _buffers[1].Pointer;

    /// <summary>Tokens x query width: of the attention's output.</summary>
    public float* Attended => _buffers[2].Pointer;

    /// <summary>Tokens x query width: of the rotated queries.</summary>
    public float* Queries => _buffers[3].Pointer;

    /// <summary>Leaves x query width: the same for the pooled tokens.</summary>
    public float* PooledQueries => _buffers[4].Pointer;

    /// <summary>Blocks x hidden: of the feed-forward norm's gain.</summary>
    public float* FeedForwardNorms => _buffers[5].Pointer;

    /// <summary>Blocks x hidden: of the attention norm's gain.</summary>
    public float* AttentionNorms => _buffers[6].Pointer;

    /// <summary>Blocks x (projection bias, query norm, key norm).</summary>
    public float* Projections => _buffers[7].Pointer;

    /// <summary>Width of a row of <see cref="Projections"/>.</summary>
    public int ProjectionPartial => shape.PaddedProjected + (2 * shape.PaddedHeadSize);

    /// <summary>Makes room.</summary>
    public void Ensure(long tokens, long leaves, long blocks)
    {
        ReadOnlySpan<long> sizes =
        [
            tokens * shape.PaddedHidden, leaves * shape.PaddedHidden, tokens * shape.PaddedQueries, tokens * shape.PaddedQueries,
            leaves * shape.PaddedQueries, blocks * shape.PaddedHidden, blocks * shape.PaddedHidden, blocks * ProjectionPartial,
        ];
        for (int i = 0; i < sizes.Length; i++)
        {
            _buffers[i].Ensure(sizes[i]);
        }
    }

    public void Dispose() => Array.ForEach(_buffers, buffer => buffer.Dispose());
}
