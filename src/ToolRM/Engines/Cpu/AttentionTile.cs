using ToolRM.Engines.Cpu.Kernels;

namespace ToolRM.Engines.Cpu;

/// <summary>
/// A tile of neighbouring queries of one segment and the sequence of keys they may see. Numbers per query and key lie in
/// rows by position in the sequence, whatever segments the keys come from. One instance per thread.
/// </summary>
internal sealed unsafe class AttentionTile(MatmulKernel kernel, DecoderShape shape)
{
    private int[] _path = [];
    private int _depth;

    /// <summary>Most queries of a tile; more of them reuse each block of keys more often.</summary>
    public int MostRows { get; } = 2 * kernel.Rows;

    public ForestLayout Layout { get; private set; } = null!;

    /// <summary>Number of queries.</summary>
    public int Rows { get; private set; }

    /// <summary>Number of positions up to the last query's.</summary>
    public int Keys { get; private set; }

    /// <summary>Distance of rows of numbers per key.</summary>
    public int Stride { get; private set; }

    /// <summary>Values in a buffer of numbers per query and key.</summary>
    public long Size => (long)MostRows * Stride;

    /// <summary>The segments that hold the keys, the root first.</summary>
    public ReadOnlySpan<int> Path => _path.AsSpan(0, _depth);

    /// <summary>Turns to queries <paramref name="first"/> to <paramref name="first"/> + <paramref name="rows"/> of a segment.</summary>
    public void Select(ForestLayout layout, int segment, int first, int rows)
    {
        Layout = layout;
        Rows = rows;
        _depth = layout.Path(segment, ref _path);
        Keys = layout.Forest.Segments[segment].Position + first + rows;
        Stride = shape.Pad(Keys) + (2 * shape.Width);
    }

    /// <summary>Number of keys that a row may see.</summary>
    public int Visible(int row) => Keys - Rows + row + 1;

    /// <summary>Number of keys of a segment of the path that the tile may see.</summary>
    public int Length(int segment)
    {
        Segment part = Layout.Forest.Segments[segment];
        return Math.Min(part.Length, Keys - part.Position);
    }

    /// <summary>result[row, position] = left row . key, for every key of the tile.</summary>
    public void Products(KeyPanels keys, int head, float* left, float* result)
    {
        foreach (int segment in Path)
        {
            int length = Length(segment), position = Layout.Forest.Segments[segment].Position;
            for (int block = 0; block * shape.Width < length; block++)
            {
                kernel.Tile(
                    Rows, shape.HeadSize, left, shape.PaddedQueries, 1,
                    keys.Panel(head, Layout.FirstKeyBlock[segment] + block), shape.Width,
                    result + position + (block * shape.Width), Stride, accumulate: false);
            }
        }
    }

    /// <summary>sum[row] = sum over positions of weights[row, position] * value row, in rows of the padded head size.</summary>
    public void Combine(KeyRows values, int head, float* weights, float* sum)
    {
        foreach (int segment in Path)
        {
            int length = Length(segment), position = Layout.Forest.Segments[segment].Position;
            float* rows = values.Row(head, Layout.FirstKeyBlock[segment] * shape.Width);
            for (int column = 0; column < shape.PaddedHeadSize; column += shape.Width)
            {
                kernel.Tile(
                    Rows, length, weights + position, Stride, 1, rows + column, shape.PaddedHeadSize,
                    sum + column, shape.PaddedHeadSize, accumulate: position > 0);
            }
        }
    }

    /// <summary>value row += sum over the tile's rows of weights[row, position] * right row: the transpose of <see cref="Combine"/>.</summary>
    public void Scatter(float* weights, float* right, KeyRows values, int head)
    {
        foreach (int segment in Path)
        {
            float* rows = values.Row(head, Layout.FirstKeyBlock[segment] * shape.Width);
            for (int column = 0; column < shape.PaddedHeadSize; column += shape.Width)
            {
                kernel.Tile(
                    Length(segment), Rows, weights + Layout.Forest.Segments[segment].Position, 1, Stride,
                    right + column, shape.PaddedQueries, rows + column, shape.PaddedHeadSize, accumulate: true);
            }
        }
    }
}
