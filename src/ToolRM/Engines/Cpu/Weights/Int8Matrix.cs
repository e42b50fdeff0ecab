using ToolRM.Engines.Cpu.Kernels;

namespace ToolRM.Engines.Cpu.Weights;

/// <summary>
/// Weights as 8-bit whole numbers with a scale for each output. The rows they are multiplied with are quantised too, each
/// with a scale of its own.
/// </summary>
/// <param name="kernel">The kernel that multiplies.</param>
/// <param name="depth">Number of inputs.</param>
/// <param name="columns">Number of outputs.</param>
/// <param name="width">Outputs of a panel: one or more of the kernel's own panels.</param>
internal sealed unsafe class Int8Matrix(Int8Kernel kernel, int depth, int columns, int width) : WeightMatrix(depth, columns, width)
{
    private readonly AlignedBuffer _values = new(PaddedColumns(columns, width) * Groups(kernel, depth) * kernel.Group / sizeof(float));
    private readonly AlignedBuffer _scales = new(PaddedColumns(columns, width)), _starts = new(PaddedColumns(columns, width));
    private readonly int _groups = (int)Groups(kernel, depth);

    public override void Load(float* source, nint rowStride, int rows, int firstColumn = 0)
    {
        var quantized = new byte[_groups * kernel.Group];
        fixed (byte* row = quantized)
        {
            for (int r = 0; r < rows; r++)
            {
                int column = firstColumn + r;
                _scales.Pointer[column] = RowQuantizer.ToBytes(source + (r * rowStride), Depth, row, offset: 0);
                ((int*)_starts.Pointer)[column] = kernel.RowForm == Int8RowForm.OffsetBytes ? -Int8Kernel.ByteOffset * Sum((sbyte*)row) : 0;
                Place(row, column);
            }
        }
    }

    public override void MultiplyPanel(int panel, LeftRows a, float* c, nint cRow, bool accumulate)
    {
        ref readonly Int8Rows rows = ref a.Quantized(kernel, Depth);
        for (int column = 0; column < Width; column += kernel.Columns)
        {
            int first = (panel * Width) + column;
            var part = new Int8Panel(
                _groups, Panel(first / kernel.Columns), _scales.Pointer + first, (int*)_starts.Pointer + first);
            kernel.Tile(in rows, in part, c + column, cRow, accumulate);
        }
    }

    public override void Dispose()
    {
        _values.Dispose();
        _scales.Dispose();
        _starts.Dispose();
    }

    private static long PaddedColumns(int columns, int width) => (long)((columns + width - 1) / width) * width;

    private static long Groups(Int8Kernel kernel, int depth) => (depth + kernel.Group - 1) / kernel.Group;

    private int Sum(sbyte* row)
    {
        int sum = 0;
        for (int k = 0; k < Depth; k++)
        {
            sum += row[k];
        }

        return sum;
    }

    /// <summary>Moves a column to its panel, group by group.</summary>
    private void Place(byte* row, int column)
    {
        sbyte* panel = Panel(column / kernel.Columns);
        int place = column % kernel.Columns;
        switch (kernel.Group)
        {
            case sizeof(uint):
                Spread((uint*)row, (uint*)panel + place);
                break;
            case sizeof(ushort):
                Spread((ushort*)row, (ushort*)panel + place);
                break;
            default:
                Spread(row, (byte*)panel + place);
                break;
        }
    }

    private void Spread<T>(T* groups, T* destination)
        where T : unmanaged
    {
        for (int i = 0; i < _groups; i++)
        {
            destination[(nint)i * kernel.Columns] = groups[i];
        }
    }

    private sbyte* Panel(int index) => (sbyte*)_values.Pointer + ((nint)index * _groups * kernel.Group * kernel.Columns);
}
