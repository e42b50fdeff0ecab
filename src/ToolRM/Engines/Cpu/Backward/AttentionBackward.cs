using ToolRM.Engines.Cpu.Kernels;

namespace ToolRM.Engines.Cpu.Backward;

/// <summary>
/// The gradient of <see cref="AttentionForward"/> for one key head: probabilities are computed again from queries and
/// keys, tile by tile. A prompt's keys gather the gradients of all its candidates. One instance per thread.
/// </summary>
internal sealed unsafe class AttentionBackward(MatmulKernel kernel, DecoderShape shape) : IDisposable
{
    private readonly AttentionForward _forward = new(kernel, shape);
    private readonly AttentionTile _tile = new(kernel, shape);
    private readonly AlignedBuffer _scoreGradient = new(), _sum = new();

    /// <summary>Gradients of a run of queries of one segment, for one key head and the query heads that share it.</summary>
    /// <param name="buffers">The layer's keys and values and their gradients.</param>
    /// <param name="layout">The forest.</param>
    /// <param name="segment">The queries' segment.</param>
    /// <param name="first">Offset of the first query in the segment.</param>
    /// <param name="count">Number of queries.</param>
    /// <param name="head">The key head.</param>
    /// <param name="rows">The first query's rows.</param>
    public void Run(AttentionGradients buffers, ForestLayout layout, int segment, int first, int count, int head, QueryRows rows)
    {
        for (int done = 0; done < count; done += _tile.MostRows)
        {
            _tile.Select(layout, segment, first + done, Math.Min(_tile.MostRows, count - done));
            for (int query = head * shape.Group; query < (head + 1) * shape.Group; query++)
            {
                RunTile(buffers, head, rows.At(((nint)done * shape.PaddedQueries) + ((nint)query * shape.HeadSize)));
            }
        }
    }

    public void Dispose()
    {
        _forward.Dispose();
        _scoreGradient.Dispose();
        _sum.Dispose();
    }

    private void RunTile(AttentionGradients buffers, int head, QueryRows rows)
    {
        float* probabilities = _forward.Exponentials(_tile, buffers.KeyPanels, head, rows.Queries, out float* sums);
        float* gradient = _scoreGradient.Ensure(_tile.Size);
        _tile.Products(buffers.ValuePanels, head, rows.OutputGradient, gradient);
        for (int row = 0; row < _tile.Rows; row++)
        {
            nint offset = (nint)row * shape.PaddedQueries;
            float mean = VectorMath.Dot(rows.OutputGradient + offset, rows.Output + offset, shape.HeadSize);
            VectorMath.SoftmaxBackward(
                probabilities + ((nint)row * _tile.Stride), gradient + ((nint)row * _tile.Stride), 1 / sums[row], mean, _tile.Keys);
        }

        _tile.Scatter(probabilities, rows.OutputGradient, buffers.ValueGradient, head);
        _tile.Scatter(gradient, rows.Queries, buffers.KeyGradient, head);
        float* sum = _sum.Ensure((long)_tile.MostRows * shape.PaddedHeadSize);
        _tile.Combine(buffers.KeyRows, head, gradient, sum);
        for (int row = 0; row < _tile.Rows; row++)
        {
            new ReadOnlySpan<float>(sum + ((nint)row * shape.PaddedHeadSize), shape.HeadSize)
                .CopyTo(new Span<float>(rows.QueryGradient + ((nint)row * shape.PaddedQueries), shape.HeadSize));
        }
    }

    /// <summary>Pointers to the same place in four buffers of query rows.</summary>
    internal readonly struct QueryRows(float* queries, float* output, float* outputGradient, float* queryGradient)
    {
        public float* Queries { get; } = queries;

        public float* Output { get; } = output;

        public float* OutputGradient { get; } = outputGradient;

        public float* QueryGradient { get; } = queryGradient;

        public QueryRows At(nint offset) => new(Queries + offset, Output + offset, OutputGradient + offset, QueryGradient + offset);
    }
}
