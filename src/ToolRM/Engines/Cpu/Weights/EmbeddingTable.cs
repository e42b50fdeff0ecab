namespace ToolRM.Engines.Cpu.Weights;

/// <summary>The token embedding: a row per token, in float32 or bfloat16.</summary>
internal sealed unsafe class EmbeddingTable : IDisposable
{
    private readonly AlignedBuffer _own = new();
    private readonly int _width;
    private readonly WeightForm _form;
    private float* _rows;
    private nint _stride;

    private EmbeddingTable(int width, WeightForm form) => (_width, _form) = (width, form);

    /// <summary>A table with memory of its own.</summary>
    public static EmbeddingTable Create(int rows, int width, WeightForm form)
    {
        var table = new EmbeddingTable(width, form);
        long values = (long)rows * width;
        table._rows = table._own.Ensure(form == WeightForm.BFloat16 ? (values + 1) / 2 : values);
        table._stride = width;
        return table;
    }

    /// <summary>A table that reads rows where they are: those of the first <see cref="Load"/>.</summary>
    public static EmbeddingTable Over(int width) => new(width, WeightForm.Float32);

    /// <summary>Takes some rows.</summary>
    public void Load(float* source, nint rowStride, int rows, int firstRow)
    {
        if (_own.Pointer == null)
        {
            _rows = source;
            _stride = rowStride;
            return;
        }

        for (int row = 0; row < rows; row++)
        {
            float* values = source + (row * rowStride);
            nint place = (nint)(firstRow + row) * _width;
            if (_form == WeightForm.BFloat16)
            {
                for (int i = 0; i < _width; i++)
                {
                    ((ushort*)_rows)[place + i] = (ushort)(((uint*)values)[i] >> 16);
                }
            }
            else
            {
                new ReadOnlySpan<float>(values, _width).CopyTo(new Span<float>(_rows + place, _width));
            }
        }
    }

    /// <summary>Writes the row of a token.</summary>
    public void Copy(int token, float* destination)
    {
        nint place = token * _stride;
        if (_form == WeightForm.BFloat16)
        {
            for (int i = 0; i < _width; i++)
            {
                destination[i] = BitConverter.UInt32BitsToSingle((uint)((ushort*)_rows)[place + i] << 16);
            }
        }
        else
        {
            new ReadOnlySpan<float>(_rows + place, _width).CopyTo(new Span<float>(destination, _width));
        }
    }

    public void Dispose() => _own.Dispose();
}
