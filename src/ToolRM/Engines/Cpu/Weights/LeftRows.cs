using ToolRM.Engines.Cpu.Kernels;

namespace ToolRM.Engines.Cpu.Weights;

/// <summary>
/// The left side of products with weights: some rows of activations, selected once for all matrices they meet. One instance
/// per thread.
/// </summary>
internal sealed unsafe class LeftRows : IDisposable
{
    /// <summary>Distance of quantised rows is a multiple of this, so that each begins on a cache line.</summary>
    private const int Alignment = 64;

    private readonly AlignedBuffer _quantized = new(), _scales = new();
    private Int8Rows _int8;

    /// <summary>Number of rows.</summary>
    public int Rows { get; private set; }

    /// <summary>The first value of the first row.</summary>
    public float* Values { get; private set; }

    /// <summary>Distance of rows.</summary>
    public nint Stride { get; private set; }

    /// <summary>Turns to other rows; they stay where they are, and as they are until the last product with them.</summary>
    public LeftRows Select(int rows, float* values, nint stride)
    {
        Rows = rows;
        Values = values;
        Stride = stride;
        _int8 = default;
        return this;
    }

    /// <summary>The rows as whole numbers, made when the first matrix asks for them. All of a selection have the same depth and kernel.</summary>
    public ref readonly Int8Rows Quantized(Int8Kernel kernel, int depth)
    {
        if (_int8.Values == null)
        {
            Quantize(kernel, depth);
        }

        return ref _int8;
    }

    public void Dispose()
    {
        _quantized.Dispose();
        _scales.Dispose();
    }

    private void Quantize(Int8Kernel kernel, int depth)
    {
        bool isWords = kernel.RowForm == Int8RowForm.Words;
        int whole = (Rows + kernel.Rows - 1) / kernel.Rows * kernel.Rows, blocks = (depth + Int8Kernel.Block - 1) / Int8Kernel.Block;
        nint stride = ((depth * (isWords ? sizeof(short) : sizeof(byte))) + Alignment - 1) / Alignment * Alignment;
        byte* values = (byte*)_quantized.Ensure(whole * stride / sizeof(float));
        float* scales = _scales.Ensure((long)whole * blocks);
        for (int row = 0; row < Rows; row++)
        {
            float* source = Values + (row * Stride);
            byte* destination = values + (row * stride);
            for (int block = 0, first = 0; block < blocks; block++, first += Int8Kernel.Block)
            {
                int count = Math.Min(Int8Kernel.Block, depth - first);
                scales[(row * blocks) + block] = isWords
                    ? Quantizer.ToWords(source + first, count, (short*)destination + first)
                    : Quantizer.ToBytes(source + first, count, destination + first, Int8Kernel.ByteOffset);
            }
        }

        _int8 = new Int8Rows(Rows, values, stride, scales, blocks);
    }
}
