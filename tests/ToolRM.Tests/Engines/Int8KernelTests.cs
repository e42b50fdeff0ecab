using ToolRM.Engines.Cpu;
using ToolRM.Engines.Cpu.Kernels;
using ToolRM.Engines.Cpu.Weights;

namespace ToolRM.Tests.Engines;

/// <summary>Every int8 kernel of this machine against the formula, with quantisation, on awkward sizes and values.</summary>
public sealed unsafe class Int8KernelTests
{
    private const int Outputs = 41;

    public static TheoryData<string> Names => [.. TinyModels.Int8Kernels];

    [Theory]
    [MemberData(nameof(Names))]
    public void Products_equal_the_formula_bit_for_bit(string name)
    {
        Int8Kernel kernel = Kernel(name);
        int[] depths = [1, 2, 3, 4, 5, 31, 32, 33, 63, 64, 65, 66, 67, 127, 128, 129, 191, 193];
        for (int rows = 1; rows <= 65; rows++)
        {
            Check(kernel, rows, depths[rows % depths.Length], Case.Random, accumulate: rows % 2 == 0);
        }

        foreach (int rows in (int[])[1, 5, 6, 7, 11, 12, 13])
        {
            foreach (int depth in depths)
            {
                Check(kernel, rows, depth, Case.Random, accumulate: depth % 2 == 0);
            }
        }

        Check(kernel, 97, 1536, Case.Random, accumulate: true);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Awkward_values_give_the_formulas_bits_too(string name)
    {
        Int8Kernel kernel = Kernel(name);
        foreach (Case values in Enum.GetValues<Case>())
        {
            foreach (int depth in (int[])[1, 6, 64, 65, 200])
            {
                Check(kernel, 15, depth, values, accumulate: false);
                Check(kernel, 15, depth, values, accumulate: true);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Infinity_or_NaN_in_a_row_makes_all_of_its_products_NaN_and_no_others(string name)
    {
        Int8Kernel kernel = Kernel(name);
        const int Rows = 14, Depth = 70;
        foreach (float bad in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
        {
            float[] x = Values(Case.Random, 1, Rows * Depth), w = Values(Case.Random, 2, Outputs * Depth);
            float[] clean = Product(kernel, x, Rows, Depth, w, out int stride);
            x[(3 * Depth) + 69] = bad;
            w[(7 * Depth) + 1] = bad;
            float[] dirty = Product(kernel, x, Rows, Depth, w, out _);
            for (int row = 0; row < Rows; row++)
            {
                for (int output = 0; output < Outputs; output++)
                {
                    float expected = row == 3 || output == 7 ? float.NaN : clean[(row * stride) + output];
                    dirty[(row * stride) + output].Should().Be(expected);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Products_are_close_to_those_of_the_numbers_before_quantisation(string name)
    {
        const int Rows = 13, Depth = 512;
        float[] x = Values(Case.Random, 1, Rows * Depth), w = Values(Case.Random, 2, Outputs * Depth);
        float[] product = Product(Kernel(name), x, Rows, Depth, w, out int stride);
        double error = 0, size = 0;
        for (int row = 0; row < Rows; row++)
        {
            for (int output = 0; output < Outputs; output++)
            {
                double exact = 0;
                for (int k = 0; k < Depth; k++)
                {
                    exact += (double)x[(row * Depth) + k] * w[(output * Depth) + k];
                }

                error += Math.Pow(product[(row * stride) + output] - exact, 2);
                size += exact * exact;
            }
        }

        // Half a step of 127 is 0.4 % of the largest value; rounding errors are uniform, on both sides.
        Math.Sqrt(error / size).Should().BeInRange(0.002, 0.01);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Weights_may_come_in_any_parts(string name)
    {
        Int8Kernel kernel = Kernel(name);
        const int Rows = 3, Depth = 67;
        float[] x = Values(Case.Random, 1, Rows * Depth), w = Values(Case.Random, 2, Outputs * Depth);
        int width = Math.Max(kernel.Columns, 32);
        using var whole = new Int8Matrix(kernel, Depth, Outputs, width);
        using var parts = new Int8Matrix(kernel, Depth, Outputs, width);
        using LeftRows left = new();
        var (a, b) = (new float[Rows * 2 * width], new float[Rows * 2 * width]);
        fixed (float* px = x, pw = w, pa = a, pb = b)
        {
            whole.Load(pw, Depth, Outputs);
            parts.Load(pw + (30 * Depth), Depth, Outputs - 30, firstColumn: 30);
            parts.Load(pw, Depth, 30);
            whole.Multiply(left.Select(Rows, px, Depth), pa, 2 * width);
            parts.Multiply(left.Select(Rows, px, Depth), pb, 2 * width);
        }

        b.Should().Equal(a);
    }

    private static Int8Kernel Kernel(string name) => CpuKernelSelector.CreateInt8(TinyModels.Int8Plan(name))!;

    private static void Check(Int8Kernel kernel, int rows, int depth, Case values, bool accumulate)
    {
        int padded = Padded(kernel), stride = padded + 5, xStride = depth + 3;
        float[] x = Values(values, rows, rows * xStride), w = Values(values, depth, Outputs * depth), c = Values(Case.Random, 7, rows * stride);
        float[] expected = [.. c];
        (sbyte[] Values, float[] Scales)[] quantizedRows = [.. Enumerable.Range(0, rows).Select(r => Quantize(x.AsSpan(r * xStride, depth)))];
        (sbyte[] Values, float[] Scales)[] quantizedColumns = [.. Enumerable.Range(0, Outputs).Select(o => Quantize(w.AsSpan(o * depth, depth)))];
        for (int r = 0; r < rows; r++)
        {
            for (int o = 0; o < padded; o++)
            {
                float start = accumulate ? expected[(r * stride) + o] : 0;
                expected[(r * stride) + o] = o < Outputs ? Formula(start, quantizedRows[r], quantizedColumns[o]) : Padding(start, quantizedRows[r]);
            }
        }

        using var matrix = new Int8Matrix(kernel, depth, Outputs, Math.Max(kernel.Columns, 32));
        using LeftRows left = new();
        fixed (float* px = x, pw = w, pc = c)
        {
            matrix.Load(pw, depth, Outputs);
            matrix.Multiply(left.Select(rows, px, xStride), pc, stride, accumulate);
        }

        int different = Enumerable.Range(0, c.Length).FirstOrDefault(i => !SameBits(c[i], expected[i]), -1);
        different.Should().Be(-1, "{0}, {1} rows, depth {2}, {3}: nothing else may be written either", kernel.Name, rows, depth, values);
    }

    private static float[] Product(Int8Kernel kernel, float[] x, int rows, int depth, float[] w, out int stride)
    {
        stride = Padded(kernel);
        var c = new float[rows * stride];
        using var matrix = new Int8Matrix(kernel, depth, Outputs, Math.Max(kernel.Columns, 32));
        using LeftRows left = new();
        fixed (float* px = x, pw = w, pc = c)
        {
            matrix.Load(pw, depth, Outputs);
            matrix.Multiply(left.Select(rows, px, depth), pc, stride);
        }

        return c;
    }

    private static float Formula(float start, (sbyte[] Values, float[] Scales) row, (sbyte[] Values, float[] Scales) column)
    {
        for (int block = 0; block < row.Scales.Length; block++)
        {
            int sum = 0;
            for (int k = block * Int8Kernel.Block; k < Math.Min((block + 1) * Int8Kernel.Block, row.Values.Length); k++)
            {
                sum += row.Values[k] * column.Values[k];
            }

            start = MathF.FusedMultiplyAdd(sum, row.Scales[block] * column.Scales[block], start);
        }

        return start;
    }

    /// <summary>Outputs that fill a panel have weights of zero.</summary>
    private static float Padding(float start, (sbyte[] Values, float[] Scales) row) =>
        row.Scales.Any(float.IsNaN) ? float.NaN : start;

    private static (sbyte[] Values, float[] Scales) Quantize(ReadOnlySpan<float> values)
    {
        var quantized = new sbyte[values.Length];
        var scales = new float[(values.Length + Int8Kernel.Block - 1) / Int8Kernel.Block];
        for (int block = 0; block < scales.Length; block++)
        {
            int first = block * Int8Kernel.Block, count = Math.Min(Int8Kernel.Block, values.Length - first);
            float range = 0;
            bool isFinite = true;
            foreach (float value in values.Slice(first, count))
            {
                range = MathF.Max(range, MathF.Abs(value));
                isFinite &= float.IsFinite(value);
            }

            float factor = MathF.Min(127 / range, float.MaxValue);
            scales[block] = isFinite ? 1 / factor : float.NaN;
            for (int k = first; isFinite && k < first + count; k++)
            {
                quantized[k] = checked((sbyte)Math.Round((double)values[k] * factor, MidpointRounding.ToEven));
            }
        }

        return (quantized, scales);
    }

    private static float[] Values(Case values, int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => values switch
        {
            Case.Zero => 0,
            Case.Largest => i % 3 == 0 ? float.MaxValue : -float.MaxValue,
            Case.SameSign => 1,
            Case.Tiny => float.Epsilon * random.Next(1000),
            Case.NearlyTiny => 3e-37f * random.NextSingle(),
            Case.Outliers => i % 50 == 7 ? 1e6f * random.NextSingle() : random.NextSingle() - 0.5f,
            Case.Ties => i % 16 == 0 ? 127 : random.Next(-120, 120) + 0.5f,
            Case.NotFinite => random.Next(300) switch { 0 => float.NaN, 1 => float.PositiveInfinity, 2 => float.NegativeInfinity, _ => random.NextSingle() },
            _ => (2 * random.NextSingle()) - 1,
        })];
    }

    private static bool SameBits(float a, float b) =>
        (float.IsNaN(a) && float.IsNaN(b)) || BitConverter.SingleToInt32Bits(a) == BitConverter.SingleToInt32Bits(b);

    private static int Padded(Int8Kernel kernel)
    {
        int width = Math.Max(kernel.Columns, 32);
        return (Outputs + width - 1) / width * width;
    }

    /// <summary>Kinds of values.</summary>
    public enum Case
    {
        Random,
        Zero,
        Largest,
        SameSign,
        Tiny,
        NearlyTiny,
        Outliers,
        Ties,
        NotFinite,
    }
}
