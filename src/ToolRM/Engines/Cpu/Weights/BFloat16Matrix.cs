using ToolRM.Engines.Cpu.Kernels;

namespace ToolRM.Engines.Cpu.Weights;

/// <summary>
/// Weights that are bfloat16 numbers, 16 bits each. A panel's row holds the columns of its first half and of its second in
/// turn, so that a vector of pairs becomes two vectors of float32 by a shift and a mask.
/// </summary>
internal sealed unsafe class BFloat16Matrix(MatmulKernel kernel, int depth, int columns) : WeightMatrix(depth, columns, kernel.Columns)
{
    /// <summary>Inputs moved at a time, so that the panel's lines they go to stay in the cache until all rows have been there.</summary>
    private const int Block = 32;

    private readonly AlignedBuffer _values = new(((long)((columns + kernel.Columns - 1) / kernel.Columns) * kernel.Columns * depth + 1) / 2);

    public override void Load(float* source, nint rowStride, int rows, int firstColumn = 0)
    {
        int half = Width / 2;
        for (int start = 0; start < Depth; start += Block)
        {
            int end = Math.Min(start + Block, Depth);
            for (int r = 0; r < rows; r++)
            {
                int column = (firstColumn + r) % Width;
                ushort* destination = Panel((firstColumn + r) / Width) + (column < half ? 2 * column : (2 * (column - half)) + 1);
                uint* row = (uint*)(source + (r * rowStride));
                for (int k = start; k < end; k++)
                {
                    destination[(nint)k * Width] = (ushort)(row[k] >> 16);
                }
            }
        }
    }

    public override void MultiplyPanel(int panel, LeftRows a, float* c, nint cRow, bool accumulate) =>
        kernel.Tile(a.Rows, Depth, a.Values, a.Stride, Panel(panel), c, cRow, accumulate);

    public override void Dispose() => _values.Dispose();

    private ushort* Panel(int panel) => (ushort*)_values.Pointer + ((long)panel * Width * Depth);
}
