using ToolRM.Engines.Cpu.Kernels;

namespace ToolRM.Engines.Cpu.Weights;

/// <summary>
/// Weights as 8-bit whole numbers, with a scale for each block of an output's inputs. The rows they are multiplied with are
/// quantised too, with scales of their own.
/// </summary>
internal sealed unsafe class Int8Matrix : WeightMatrix
{
    /// <summary>What a weight takes in memory, with its share of a block's scale and start.</summary>
    public const double BytesPerWeight = 1 + ((sizeof(float) + sizeof(int)) / (double)Int8Kernel.Block);

    private readonly Int8Kernel _kernel;
    private readonly AlignedBuffer _values, _scales, _starts;
    private readonly int _groups, _blocks;

    /// <param name="kernel">The kernel that multiplies.</param>
    /// <param name="depth">Number of inputs.</param>
    /// <param name="columns">Number of outputs.</param>
    /// <param name="width">Outputs of a panel: one or more of the kernel's own panels.</param>
    public Int8Matrix(Int8Kernel kernel, int depth, int columns, int width)
        : base(depth, columns, width)
    {
        _kernel = kernel;
        _groups = (depth + kernel.Group - 1) / kernel.Group;
        _blocks = (depth + Int8Kernel.Block - 1) / Int8Kernel.Block;
        long padded = (long)Panels * width;
        _values = new AlignedBuffer(padded * _groups * kernel.Group / sizeof(float));
        _scales = new AlignedBuffer(padded * _blocks);
        _starts = new AlignedBuffer(padded * _blocks);
    }

    public override void Load(float* source, nint rowStride, int rows, int firstColumn = 0)
    {
        var quantized = new byte[_groups * _kernel.Group];
        fixed (byte* row = quantized)
        {
            for (int r = 0; r < rows; r++)
            {
                Quantize(source + (r * rowStride), row, firstColumn + r);
                Place(row, firstColumn + r);
            }
        }
    }

    public override void MultiplyPanel(int panel, LeftRows a, float* c, nint cRow, bool accumulate)
    {
        ref readonly Int8Rows rows = ref a.Quantized(_kernel, Depth);
        int parts = Width / _kernel.Columns;
        for (int part = 0; part < parts; part++)
        {
            int index = (panel * parts) + part;
            nint scales = (nint)index * _blocks * _kernel.Columns;
            var weights = new Int8Panel(_groups, Panel(index), _scales.Pointer + scales, (int*)_starts.Pointer + scales);
            _kernel.Multiply(in rows, in weights, c + (part * _kernel.Columns), cRow, accumulate);
        }
    }

    public override void Dispose()
    {
        _values.Dispose();
        _scales.Dispose();
        _starts.Dispose();
    }

    private void Quantize(float* source, byte* row, int column)
    {
        for (int block = 0; block < _blocks; block++)
        {
            int first = block * Int8Kernel.Block, count = Math.Min(Int8Kernel.Block, Depth - first);
            nint place = ((((nint)(column / _kernel.Columns) * _blocks) + block) * _kernel.Columns) + (column % _kernel.Columns);
            _scales.Pointer[place] = Quantizer.ToBytes(source + first, count, row + first, offset: 0);
            if (_kernel.RowForm == Int8RowForm.OffsetBytes)
            {
                ((int*)_starts.Pointer)[place] = -Int8Kernel.ByteOffset * Sum((sbyte*)row + first, count);
            }
        }
    }

    private static int Sum(sbyte* values, int count)
    {
        int sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += values[i];
        }

        return sum;
    }

    /// <summary>Moves a column to its panel, group by group.</summary>
    private void Place(byte* row, int column)
    {
        sbyte* panel = Panel(column / _kernel.Columns);
        int place = column % _kernel.Columns;
        switch (_kernel.Group)
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
            destination[(nint)i * _kernel.Columns] = groups[i];
        }
    }

    private sbyte* Panel(int index) => (sbyte*)_values.Pointer + ((nint)index * _groups * _kernel.Group * _kernel.Columns);
}
