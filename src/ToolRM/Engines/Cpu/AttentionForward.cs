using ToolRM.Engines.Cpu.Kernels;

namespace ToolRM.Engines.Cpu;

/// <summary>
/// Causal attention over a forest: each query meets the keys of the segments it continues, and its own segment's up to
/// itself. One instance per thread.
/// </summary>
/// <remarks>
/// Scores lie by position in the sequence, not by segment, and each output is one chain of multiply-adds over the
/// positions: how a sequence is cut into segments does not change a bit of the result.
/// </remarks>
internal sealed unsafe class AttentionForward(MatmulKernel kernel, DecoderShape shape) : IDisposable
{
    private readonly AttentionTile _tile = new(kernel, shape);
    private readonly AlignedBuffer _scores = new(), _sums = new(), _output = new();

    /// <summary>Attention of queries <paramref name="first"/> to <paramref name="first"/> + <paramref name="count"/> of a segment.</summary>
    /// <param name="layout">The forest.</param>
    /// <param name="keys">The layer's keys.</param>
    /// <param name="values">The layer's values.</param>
    /// <param name="segment">The queries' segment.</param>
    /// <param name="first">Offset of the first query in the segment.</param>
    /// <param name="count">Number of queries.</param>
    /// <param name="queries">Query rows, all heads side by side.</param>
    /// <param name="output">Receives the output rows, all heads side by side.</param>
    public void Run(ForestLayout layout, KeyPanels keys, KeyRows values, int segment, int first, int count, float* queries, float* output)
    {
        float* sum = _output.Ensure((long)_tile.MostRows * shape.PaddedHeadSize);
        for (int done = 0; done < count; done += _tile.MostRows)
        {
            _tile.Select(layout, segment, first + done, Math.Min(_tile.MostRows, count - done));
            nint offset = (nint)done * shape.PaddedQueries;
            for (int head = 0; head < shape.Heads; head++, offset += shape.HeadSize)
            {
                float* scores = Exponentials(_tile, keys, head / shape.Group, queries + offset, out float* sums);
                _tile.Combine(values, head / shape.Group, scores, sum);
                for (int row = 0; row < _tile.Rows; row++)
                {
                    VectorMath.Scale(
                        sum + ((nint)row * shape.PaddedHeadSize), 1 / sums[row],
                        output + offset + ((nint)row * shape.PaddedQueries), shape.HeadSize);
                }
            }
        }
    }

    /// <summary>exp(score - largest score of the row) for a tile of queries of one head; zero for keys a row may not see.</summary>
    /// <param name="tile">The queries.</param>
    /// <param name="keys">The layer's keys.</param>
    /// <param name="head">The key head.</param>
    /// <param name="queries">The first query row, at the query head's column.</param>
    /// <param name="sums">The sum of each row.</param>
    public float* Exponentials(AttentionTile tile, KeyPanels keys, int head, float* queries, out float* sums)
    {
        float* scores = _scores.Ensure(tile.Size);
        sums = _sums.Ensure(tile.MostRows);
        tile.Products(keys, head, queries, scores);
        for (int row = 0; row < tile.Rows; row++)
        {
            sums[row] = VectorMath.Softmax(scores + ((nint)row * tile.Stride), tile.Visible(row), tile.Keys);
        }

        return scores;
    }

    public void Dispose()
    {
        _scores.Dispose();
        _sums.Dispose();
        _output.Dispose();
    }
}
