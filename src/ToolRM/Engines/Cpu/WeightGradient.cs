using ToolRM.Engines.Cpu.Kernels;

namespace ToolRM.Engines.Cpu;

/// <summary>dW += dY^T X, the gradient of a weight matrix (outputs x inputs), cut into strips of output rows. One scratch per thread.</summary>
internal sealed unsafe class WeightGradient(MatmulKernel kernel) : IDisposable
{
    /// <summary>Output rows per strip.</summary>
    public const int StripRows = 96;

    private const int Chunk = 256;
    private readonly AlignedBuffer _left = new((Chunk * StripRows) + (Chunk * kernel.Rows)), _right = new(Chunk * kernel.Columns);

    /// <summary>Adds the sums over all tokens to one strip.</summary>
    /// <param name="work">The product.</param>
    /// <param name="strip">Index of the strip.</param>
    public void Run(in Product work, int strip)
    {
        int firstRow = strip * StripRows, rows = Math.Min(StripRows, work.Rows - firstRow);
        float* gradient = work.Gradient + ((nint)firstRow * work.GradientStride);
        for (int token = 0; token < work.Tokens; token += Chunk)
        {
            int depth = Math.Min(Chunk, work.Tokens - token);
            PackLeft(work.Output + (token * work.OutputStride) + firstRow, work.OutputStride, rows, depth);
            for (int column = 0; column < work.Columns; column += kernel.Columns)
            {
                PackRight(work.Input + (token * work.InputStride) + column, work.InputStride, depth);
                for (int row = 0; row < rows; row += kernel.Rows)
                {
                    kernel.Tile(
                        Math.Min(kernel.Rows, rows - row), depth, _left.Pointer + ((nint)row * Chunk), 1, kernel.Rows,
                        _right.Pointer, kernel.Columns, gradient + (row * work.GradientStride) + column, work.GradientStride, accumulate: true);
                }
            }
        }
    }

    public void Dispose()
    {
        _left.Dispose();
        _right.Dispose();
    }

    /// <summary>Rows of dY^T in tiles of the kernel's height, each tile token by token.</summary>
    private void PackLeft(float* source, nint stride, int rows, int depth)
    {
        for (int tile = 0; tile < rows; tile += kernel.Rows)
        {
            float* destination = _left.Pointer + ((nint)tile * Chunk);
            int height = Math.Min(kernel.Rows, rows - tile);
            for (int k = 0; k < depth; k++)
            {
                float* row = source + (k * stride) + tile;
                for (int r = 0; r < height; r++)
                {
                    destination[(k * kernel.Rows) + r] = row[r];
                }
            }
        }
    }

    private void PackRight(float* source, nint stride, int depth)
    {
        for (int k = 0; k < depth; k++)
        {
            new ReadOnlySpan<float>(source + (k * stride), kernel.Columns)
                .CopyTo(new Span<float>(_right.Pointer + (k * kernel.Columns), kernel.Columns));
        }
    }

    /// <summary>dW[Rows x Columns] += Output[Tokens x Rows]^T Input[Tokens x Columns].</summary>
    internal readonly struct Product(
        float* output, nint outputStride, int rows, float* input, nint inputStride, int columns, int tokens, float* gradient, nint gradientStride)
    {
        public float* Output { get; } = output;

        public nint OutputStride { get; } = outputStride;

        public int Rows { get; } = rows;

        public float* Input { get; } = input;

        public nint InputStride { get; } = inputStride;

        public int Columns { get; } = columns;

        public int Tokens { get; } = tokens;

        public float* Gradient { get; } = gradient;

        public nint GradientStride { get; } = gradientStride;

        public int Strips => (Rows + StripRows - 1) / StripRows;
    }
}
