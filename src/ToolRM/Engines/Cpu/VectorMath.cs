using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ToolRM.Engines.Cpu;

/// <summary>
/// Element-wise arithmetic on rows. Lengths are rounded up to whole vectors, unless said otherwise: rows are padded, and
/// what lies in the padding is zero or does not matter.
/// </summary>
/// <remarks>Vectors have 16 lanes on every machine (in several registers where one is shorter), so sums have one order.</remarks>
internal static unsafe class VectorMath
{
    /// <summary>Values of a vector.</summary>
    public const int Lanes = 16;

    /// <summary>destination += source.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(float* source, float* destination, int count)
    {
        for (int i = 0; i < count; i += Lanes)
        {
            (Vector512.Load(destination + i) + Vector512.Load(source + i)).Store(destination + i);
        }
    }

    /// <summary>destination += source * factor, for exactly <paramref name="count"/> values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(float* source, float factor, float* destination, int count)
    {
        Vector512<float> scale = Vector512.Create(factor);
        int i = 0;
        for (; i <= count - Lanes; i += Lanes)
        {
            (Vector512.Load(destination + i) + (Vector512.Load(source + i) * scale)).Store(destination + i);
        }

        for (; i < count; i++)
        {
            destination[i] += source[i] * factor;
        }
    }

    /// <summary>destination = source * factor, for exactly <paramref name="count"/> values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(float* source, float factor, float* destination, int count)
    {
        Vector512<float> scale = Vector512.Create(factor);
        int i = 0;
        for (; i <= count - Lanes; i += Lanes)
        {
            (Vector512.Load(source + i) * scale).Store(destination + i);
        }

        for (; i < count; i++)
        {
            destination[i] = source[i] * factor;
        }
    }

    /// <summary>Sum of a[i] * b[i], for exactly <paramref name="count"/> values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Dot(float* a, float* b, int count)
    {
        Vector512<float> sum = Vector512<float>.Zero;
        int i = 0;
        for (; i <= count - Lanes; i += Lanes)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.Load(a + i), Vector512.Load(b + i), sum);
        }

        float total = Vector512.Sum(sum);
        for (; i < count; i++)
        {
            total = MathF.FusedMultiplyAdd(a[i], b[i], total);
        }

        return total;
    }

    /// <summary>
    /// Replaces the first <paramref name="count"/> scores by exp(score - largest) and the rest, up to
    /// <paramref name="width"/>, by zero.
    /// </summary>
    /// <returns>The sum of the exponentials.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Softmax(float* scores, int count, int width)
    {
        int whole = (count + Lanes - 1) / Lanes * Lanes;
        for (int i = count; i < whole; i++)
        {
            scores[i] = float.NegativeInfinity;
        }

        Vector512<float> largest = Vector512.Create(float.NegativeInfinity);
        for (int i = 0; i < whole; i += Lanes)
        {
            largest = Vector512.MaxNative(largest, Vector512.Load(scores + i));
        }

        Vector256<float> half = Vector256.MaxNative(largest.GetLower(), largest.GetUpper());
        Vector128<float> quarter = Vector128.MaxNative(half.GetLower(), half.GetUpper());
        float max = MathF.Max(MathF.Max(quarter[0], quarter[1]), MathF.Max(quarter[2], quarter[3]));
        Vector512<float> shift = Vector512.Create(max), sum = Vector512<float>.Zero;
        for (int i = 0; i < whole; i += Lanes)
        {
            Vector512<float> e = Exp(Vector512.Load(scores + i) - shift);
            e.Store(scores + i);
            sum += e;
        }

        if (width > whole)
        {
            new Span<float>(scores + whole, width - whole).Clear();
        }

        return Vector512.Sum(sum);
    }

    /// <summary>
    /// Turns exponentials into probabilities (times <paramref name="scale"/>), and the gradients of the probabilities into
    /// those of the scores: p * (gradient - <paramref name="mean"/>), where mean is the sum of p * gradient.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SoftmaxBackward(float* exponentials, float* gradient, float scale, float mean, int count)
    {
        Vector512<float> factor = Vector512.Create(scale), shift = Vector512.Create(mean);
        for (int i = 0; i < count; i += Lanes)
        {
            Vector512<float> p = Vector512.Load(exponentials + i) * factor;
            p.Store(exponentials + i);
            (p * (Vector512.Load(gradient + i) - shift)).Store(gradient + i);
        }
    }

    /// <summary>activation = silu(gate) * up, with silu(x) = x / (1 + exp(-x)), for some rows.</summary>
    /// <param name="gate">The first gate, rows a stride apart.</param>
    /// <param name="up">What it multiplies, rows the same stride apart.</param>
    /// <param name="stride">Distance of their rows.</param>
    /// <param name="activation">Receives the products.</param>
    /// <param name="activationStride">Distance of its rows.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Values of a row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SwiGlu(float* gate, float* up, nint stride, float* activation, nint activationStride, int rows, int columns)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < columns; i += Lanes)
            {
                Vector512<float> g = Vector512.Load(gate + i);
                (g / (Vector512<float>.One + Exp(-g)) * Vector512.Load(up + i)).Store(activation + i);
            }

            gate += stride;
            up += stride;
            activation += activationStride;
        }
    }

    /// <summary>exp(x) to about one unit in the last place; 0 below -87.3, 3.4e38 above 88.7.</summary>
    /// <remarks>
    /// x = n ln 2 + r with |r| at most ln 2 / 2; exp(r) by its Taylor polynomial of degree 7, and n added to its exponent.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        const float Low = -87.33654f, High = 88.72283f;

        // In this order a NaN stays one: it is the second operand that is taken then.
        Vector512<float> clamped = Vector512.MinNative(Vector512.Create(High), Vector512.MaxNative(Vector512.Create(Low), x));
        Vector512<float> n = Vector512.Round(clamped * Vector512.Create(1.442695041f));
        Vector512<float> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-0.693359375f), clamped);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(2.12194440e-4f), r);
        Vector512<float> p = Vector512.Create(1f / 5040);
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1f / 720));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1f / 120));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1f / 24));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1f / 6));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.5f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512<float>.One);
        p = Vector512.FusedMultiplyAdd(p, r, Vector512<float>.One);
        Vector512<int> power = Vector512.ConvertToInt32Native(n);
        Vector512<float> result = (p.AsInt32() + (power << 23)).AsSingle();
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(Low)), Vector512<float>.Zero, result);
    }
}
