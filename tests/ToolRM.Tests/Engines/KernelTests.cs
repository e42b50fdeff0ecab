using ToolRM.Engines.Cpu;
using ToolRM.Engines.Cpu.Backward;
using ToolRM.Engines.Cpu.Kernels;
using ToolRM.Engines.Cpu.Weights;

namespace ToolRM.Tests.Engines;

/// <summary>Every kernel of this machine against the formula, on every number of rows and on awkward depths and strides.</summary>
public sealed unsafe class KernelTests
{
    public static TheoryData<string> Names => [.. TinyModels.Kernels];

    [Theory]
    [MemberData(nameof(Names))]
    public void Tile_equals_the_formula_bit_for_bit(string name)
    {
        MatmulKernel kernel = CpuKernelSelector.Create(TinyModels.Plan(name));
        for (int rows = 1; rows <= 65; rows++)
        {
            foreach (int depth in (int[])[0, 1, 2, 15, 16, 33, 64])
            {
                Check(kernel, rows, depth, rowMajor: rows % 2 == 0, accumulate: depth % 2 == 0);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Packed_products_equal_the_formula_in_both_directions(string name)
    {
        MatmulKernel kernel = CpuKernelSelector.Create(TinyModels.Plan(name));
        foreach ((int rows, int outputs, int inputs) in ((int, int, int)[])[(1, 1, 1), (5, 37, 20), (13, 64, 33), (30, 31, 65)])
        {
            float[] weight = Values(1, outputs * inputs), x = Values(2, rows * inputs), dy = Values(3, rows * outputs);
            int outputStride = Pad(outputs, kernel), inputStride = Pad(inputs, kernel);
            using PackedMatrix forward = new(kernel, inputs, outputs), backward = new(kernel, outputs, inputs);
            using AlignedBuffer y = new(rows * outputStride), dx = new(rows * inputStride);
            fixed (float* w = weight, px = x, pdy = dy)
            {
                forward.PackTransposed(w, inputs, outputs);
                backward.Pack(w, inputs, outputs, inputs);
                forward.Multiply(kernel, rows, px, inputs, y.Pointer, outputStride);
                backward.Multiply(kernel, rows, pdy, outputs, dx.Pointer, inputStride);
            }

            for (int r = 0; r < rows; r++)
            {
                for (int o = 0; o < outputStride; o++)
                {
                    float expected = o < outputs ? Chain(0, inputs, k => (x[(r * inputs) + k], weight[(o * inputs) + k])) : 0;
                    y.Pointer[(r * outputStride) + o].Should().Be(expected);
                }

                for (int i = 0; i < inputStride; i++)
                {
                    float expected = i < inputs ? Chain(0, outputs, k => (dy[(r * outputs) + k], weight[(k * inputs) + i])) : 0;
                    dx.Pointer[(r * inputStride) + i].Should().Be(expected);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void BFloat16_weights_give_the_bits_of_the_same_weights_in_float32(string name)
    {
        MatmulKernel kernel = CpuKernelSelector.Create(TinyModels.Plan(name));
        for (int rows = 1; rows <= 65; rows++)
        {
            int outputs = 1 + (7 * rows % 70), inputs = 1 + (11 * rows % 67), stride = Pad(outputs, kernel);
            float[] x = Values(1, rows * inputs);
            float[] weight = [.. Values(2, outputs * inputs).Select(value =>
                BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(value) & 0xFFFF_0000))];
            using WeightMatrix narrow = new BFloat16Matrix(kernel, inputs, outputs), wide = new Float32Matrix(kernel, inputs, outputs);
            using AlignedBuffer actual = new(rows * stride), expected = new(rows * stride);
            new Span<float>(actual.Pointer, rows * stride).Fill(0.5f);
            new Span<float>(expected.Pointer, rows * stride).Fill(0.5f);
            fixed (float* w = weight, a = x)
            {
                foreach (WeightMatrix matrix in (WeightMatrix[])[narrow, wide])
                {
                    int half = outputs / 2;
                    matrix.Load(w, inputs, half);
                    matrix.Load(w + (half * inputs), inputs, outputs - half, half);
                }

                LeftRows left = new LeftRows().Select(rows, a, inputs);
                narrow.Multiply(left, actual.Pointer, stride, accumulate: rows % 2 == 0);
                wide.Multiply(left, expected.Pointer, stride, accumulate: rows % 2 == 0);
            }

            new Span<float>(actual.Pointer, rows * stride).ToArray()
                .Should().Equal(new Span<float>(expected.Pointer, rows * stride).ToArray(), "{0} rows on {1}", rows, name);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Weight_gradient_equals_the_formula_over_many_chunks_and_blocks(string name)
    {
        MatmulKernel kernel = CpuKernelSelector.Create(TinyModels.Plan(name));
        int tokens = 300, outputs = (9 * kernel.Rows) + 1, inputs = (16 * kernel.Columns) + 3, inputStride = Pad(inputs, kernel);
        float[] dy = Values(1, tokens * outputs), x = Values(2, tokens * inputStride);
        using var gradient = new AlignedBuffer(outputs * inputStride);
        using TokenPanels left = new(outputs, kernel.Rows), right = new(inputStride, kernel.Columns);
        new Span<float>(gradient.Pointer, outputs * inputStride).Fill(0.5f);
        left.Ensure(tokens);
        right.Ensure(tokens);
        fixed (float* output = dy, input = x)
        {
            int column = 2 * kernel.Rows;
            for (int first = 0; first < tokens; first += BackwardBlocks.Rows)
            {
                int block = first / BackwardBlocks.Rows, rows = Math.Min(BackwardBlocks.Rows, tokens - first), half = rows / 2;
                float* y = output + (first * outputs), z = input + (first * inputStride);
                left.Store(y, outputs, block, 0, rows, 0, column);
                left.Store(y + column, outputs, block, 0, rows, column, outputs - column);
                right.Store(z, inputStride, block, 0, half, 0, inputStride);
                right.Store(z + (half * inputStride), inputStride, block, half, rows - half, 0, inputStride);
            }
        }

        var product = new WeightGradient(left, outputs, right, inputs, gradient.Pointer, inputStride);
        product.Blocks.Should().Be(4);
        for (int block = product.Blocks - 1; block >= 0; block--)
        {
            product.Run(kernel, block, tokens);
        }

        for (int o = 0; o < outputs; o++)
        {
            for (int i = 0; i < inputs; i++)
            {
                float expected = Chain(0.5f, tokens, t => (dy[(t * outputs) + o], x[(t * inputStride) + i]));
                if (gradient.Pointer[(o * inputStride) + i] != expected)
                {
                    gradient.Pointer[(o * inputStride) + i].Should().Be(expected, "row {0}, column {1}", o, i);
                }
            }
        }
    }

    private static void Check(MatmulKernel kernel, int rows, int depth, bool rowMajor, bool accumulate)
    {
        int columns = kernel.Columns, rowStride = rowMajor ? depth + 3 : 1, step = rowMajor ? 1 : rows + 2, bStep = columns + 5, cRow = columns + 7;
        float[] a = Values(rows, ((rows + 2) * (depth + 3)) + 1), b = Values(depth, (depth + 1) * bStep), c = Values(7, rows * cRow);
        float[] expected = [.. c];
        for (int r = 0; r < rows; r++)
        {
            for (int j = 0; j < columns; j++)
            {
                int at = (r * cRow) + j;
                expected[at] = Chain(accumulate ? c[at] : 0, depth, k => (a[(r * rowStride) + (k * step)], b[(k * bStep) + j]));
            }
        }

        fixed (float* pa = a, pb = b, pc = c)
        {
            kernel.Tile(rows, depth, pa, rowStride, step, pb, bStep, pc, cRow, accumulate);
        }

        c.Should().Equal(expected, "{0}, {1} rows, depth {2}: nothing else may be written either", kernel.Name, rows, depth);
    }

    private static float Chain(float start, int depth, Func<int, (float A, float B)> term)
    {
        for (int k = 0; k < depth; k++)
        {
            (float a, float b) = term(k);
            start = MathF.FusedMultiplyAdd(a, b, start);
        }

        return start;
    }

    private static float[] Values(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];
    }

    private static int Pad(int width, MatmulKernel kernel) => (width + kernel.Columns - 1) / kernel.Columns * kernel.Columns;
}
