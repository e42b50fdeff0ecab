using ToolRM.Engines.Cpu;
using ToolRM.Engines.Cpu.Backward;

namespace ToolRM.Tests.Engines;

/// <summary>Each hand-written derivative against central differences of its own forward function.</summary>
public sealed unsafe class LayerGradientTests
{
    private const int Size = 32;

    [Fact]
    public void Norm()
    {
        using Row x = new(1), gain = new(2), upstream = new(3), y = new(), dx = new(), dgain = new();
        double Objective()
        {
            RmsNorm.Forward(x, gain, y, Size, 1e-5f);
            return Dot(y, upstream);
        }

        RmsNorm.Backward(upstream, x, gain, dx, dgain, Size, 1e-5f);
        ShouldBeDerivative(Objective, x, dx);
        ShouldBeDerivative(Objective, gain, dgain);
    }

    [Fact]
    public void GatedUnit()
    {
        using Row gate = new(1, 4), up = new(2), upstream = new(3), y = new(), again = new(), dgate = new(), dup = new();
        double Objective()
        {
            VectorMath.SwiGlu(gate, up, 0, y, 0, 1, Size);
            return Dot(y, upstream);
        }

        SwiGluGradient.Run(2, Size / 2, upstream, gate, up, again, dgate, dup, Size / 2);
        ShouldBeDerivative(Objective, gate, dgate);
        ShouldBeDerivative(Objective, up, dup);
        Objective();
        for (int i = 0; i < Size; i++)
        {
            again[i].Should().BeApproximately(y[i], 1e-6f);
        }
    }

    [Fact]
    public void GatedUnit_writes_its_gradients_at_the_asked_distance()
    {
        const int Width = Size / 2;
        using Row gate = new(1), up = new(2), upstream = new(3), y = new(), dgate = new(), dup = new();
        using AlignedBuffer apartGate = new(3 * Size), apartUp = new(3 * Size);
        SwiGluGradient.Run(2, Width, upstream, gate, up, y, dgate, dup, Width);
        SwiGluGradient.Run(2, Width, upstream, gate, up, y, apartGate.Pointer, apartUp.Pointer, Size);
        for (int i = 0; i < Size; i++)
        {
            int place = (i / Width * Size) + (i % Width);
            apartGate.Pointer[place].Should().Be(dgate[i]);
            apartUp.Pointer[place].Should().Be(dup[i]);
        }
    }

    [Fact]
    public void SoftmaxOfScores()
    {
        const int Count = 13;
        using Row scores = new(1, 3), upstream = new(2), y = new(), gradient = new();
        double Objective()
        {
            Copy(scores, y);
            float sum = VectorMath.Softmax(y, Count, Size);
            return Enumerable.Range(0, Count).Sum(i => (double)y[i] / sum * upstream[i]);
        }

        double mean = Objective();
        Copy(upstream, gradient);
        VectorMath.SoftmaxBackward(y, gradient, 1 / Enumerable.Range(0, Count).Sum(i => y[i]), (float)mean, Count);
        ShouldBeDerivative(Objective, scores, gradient, Count);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(32)]
    public void Rotation(int headSize)
    {
        var shape = new DecoderShape(TinyModels.Config("llama") with { HeadSize = headSize }, CpuKernelSelector.Create(TinyModels.Plan("scalar")));
        using var table = new RotaryTable(shape.Config);
        table.Ensure(10);
        using Row x = new(1), upstream = new(2), y = new(), gradient = new();
        double Objective()
        {
            new HeadTransform(shape, table).Forward(x, null, 7, 1, y);
            return Dot(y, upstream);
        }

        Copy(upstream, gradient);
        table.RotateBack(gradient, 7);
        ShouldBeDerivative(Objective, x, gradient, headSize);
    }

    [Theory]
    [InlineData(14)]
    [InlineData(32)]
    public void NormOfHeads(int headSize)
    {
        var shape = new DecoderShape(TinyModels.Config("qwen3") with { HeadSize = headSize }, CpuKernelSelector.Create(TinyModels.Plan("scalar")));
        using var table = new RotaryTable(shape.Config);
        table.Ensure(1);
        using var norm = new HeadNorm(shape);
        using Row x = new(1), gain = new(2), upstream = new(3), y = new(), gradient = new(), dgain = new();
        gain.Clear(headSize);
        double Objective()
        {
            new HeadTransform(shape, table).Forward(x, gain, 0, 1, y);
            return Enumerable.Range(0, headSize).Sum(i => (double)y[i] * upstream[i]);
        }

        Copy(upstream, gradient);
        norm.Backward(gradient, x, gain, dgain);
        ShouldBeDerivative(Objective, x, gradient, headSize);
        ShouldBeDerivative(Objective, gain, dgain, headSize);
    }

    [Fact]
    public void AdamW_equals_the_formula_and_decays_only_where_told()
    {
        foreach (bool decays in (bool[])[true, false])
        {
            using Row value = new(1), gradient = new(2), first = new(3), second = new(4);
            for (int i = 0; i < Size; i++)
            {
                second[i] = Math.Abs(second[i]);
            }

            double w = value[5], g = gradient[5] * 0.5, m = (0.9 * first[5]) + (0.1 * g), v = (0.95 * second[5]) + (0.05 * g * g);
            double expected = (w * (decays ? 1 - (0.01 * 0.1) : 1))
                - (0.01 * (m / (1 - Math.Pow(0.9, 3))) / (Math.Sqrt(v / (1 - Math.Pow(0.95, 3))) + 1e-8));
            AdamW.Apply(new(3, 0.01, 0.9, 0.95, 1e-8, 0.1, 0.5), decays, value, gradient, first, second, Size);
            ((double)value[5]).Should().BeApproximately(expected, 1e-6);
            ((double)first[5]).Should().BeApproximately(m, 1e-6);
            ((double)second[5]).Should().BeApproximately(v, 1e-6);
            gradient[5].Should().Be(0);
        }
    }

    [Fact]
    public void Exponential_is_right_to_two_units_in_the_last_place()
    {
        using var x = new Row();
        for (double value = -104; value <= 89; value += 0.0137)
        {
            float input = (float)value;
            double exact = Math.Exp(input);
            float actual = VectorMath.Exp(System.Runtime.Intrinsics.Vector512.Create(input))[0];
            if (input < -87.3365)
            {
                ((double)actual).Should().BeLessThan(1.2e-38);
            }
            else if (exact < float.MaxValue)
            {
                Math.Abs(actual - exact).Should().BeLessThanOrEqualTo(2 * (double)(MathF.BitIncrement((float)exact) - (float)exact), "exp({0})", input);
            }
        }

        VectorMath.Exp(System.Runtime.Intrinsics.Vector512.Create(float.NegativeInfinity))[0].Should().Be(0);
    }

    private static void ShouldBeDerivative(Func<double> objective, Row input, Row gradient, int count = Size)
    {
        for (int i = 0; i < count; i++)
        {
            float original = input[i];
            input[i] = original + 0.01f;
            double above = objective(), up = input[i];
            input[i] = original - 0.01f;
            double below = objective(), down = input[i];
            input[i] = original;
            double expected = (above - below) / (up - down);
            ((double)gradient[i]).Should().BeApproximately(expected, 2e-3 * (1 + Math.Abs(expected)), "element {0}", i);
        }
    }

    private static double Dot(Row a, Row b) => Enumerable.Range(0, Size).Sum(i => (double)a[i] * b[i]);

    private static void Copy(Row source, Row destination)
    {
        for (int i = 0; i < Size; i++)
        {
            destination[i] = source[i];
        }
    }

    /// <summary>An aligned row; random for a seed, else zero.</summary>
    private sealed class Row : IDisposable
    {
        private readonly AlignedBuffer _values = new(2 * Size);

        public Row(int seed = 0, float scale = 1)
        {
            var random = new Random(seed);
            for (int i = 0; i < Size && seed > 0; i++)
            {
                this[i] = scale * ((2 * random.NextSingle()) - 1);
            }
        }

        public float this[int index]
        {
            get => _values.Pointer[index];
            set => _values.Pointer[index] = value;
        }

        public static implicit operator float*(Row row) => row._values.Pointer;

        /// <summary>Sets what lies after <paramref name="count"/> to zero, as padding is.</summary>
        public void Clear(int count)
        {
            for (int i = count; i < Size; i++)
            {
                this[i] = 0;
            }
        }

        public void Dispose() => _values.Dispose();
    }
}
