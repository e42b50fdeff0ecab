using ToolRM.Engines.Cpu.Kernels;

namespace ToolRM.Engines.Cpu.Weights;

/// <summary>
/// The right side of a product, B[depth x columns], cut into panels as wide as the kernel's tile: panel after panel,
/// within a panel row after row, so that the inner loop reads it from front to back. Columns are padded with zeros.
/// </summary>
internal sealed unsafe class PackedMatrix : IDisposable
{
    /// <summary>Inputs moved at a time, so that the panel's lines they go to stay in the cache until all rows have been there.</summary>
    private const int Block = 32;

    private readonly AlignedBuffer _values;
    private readonly int _width;

    public PackedMatrix(MatmulKernel kernel, int depth, int columns)
    {
        _width = kernel.Columns;
        Depth = depth;
        Panels = (columns + _width - 1) / _width;
        _values = new AlignedBuffer((long)Panels * _width * depth);
    }

    /// <summary>Number of terms of each sum.</summary>
    public int Depth { get; }

    /// <summary>Number of panels.</summary>
    public int Panels { get; }

    /// <summary>The first value of a panel.</summary>
    public float* Panel(int panel) => _values.Pointer + ((long)panel * _width * Depth);

    /// <summary>B[k, firstColumn + r] = source[r, k]: a weight matrix (outputs x inputs) used forward, y = x W^T.</summary>
    public void PackTransposed(float* source, nint rowStride, int rows, int firstColumn = 0)
    {
        for (int start = 0; start < Depth; start += Block)
        {
            int end = Math.Min(start + Block, Depth);
            for (int r = 0; r < rows; r++)
            {
                int column = firstColumn + r;
                float* destination = Panel(column / _width) + (column % _width);
                float* row = source + (r * rowStride);
                for (int k = start; k < end; k++)
                {
                    destination[(nint)k * _width] = row[k];
                }
            }
        }
    }

    /// <summary>B[firstRow + r, j] = source[r, j]: a weight matrix (outputs x inputs) used backward, dx = dy W.</summary>
    public void Pack(float* source, nint rowStride, int rows, int columns, int firstRow = 0)
    {
        for (int r = 0; r < rows; r++)
        {
            float* row = source + (r * rowStride);
            for (int j = 0; j < columns; j += _width)
            {
                int width = Math.Min(_width, columns - j);
                float* destination = Panel(j / _width) + ((nint)(firstRow + r) * _width);
                new ReadOnlySpan<float>(row + j, width).CopyTo(new Span<float>(destination, width));
            }
        }
    }

    /// <summary>C = A B, or C += A B; C's rows have room for all padded columns.</summary>
    public void Multiply(MatmulKernel kernel, int rows, float* a, nint aRow, float* c, nint cRow, bool accumulate = false)
    {
        for (int panel = 0; panel < Panels; panel++)
        {
            kernel.Tile(rows, Depth, a, aRow, 1, Panel(panel), _width, c + ((nint)panel * _width), cRow, accumulate);
        }
    }

    public void Dispose() => _values.Dispose();
}
