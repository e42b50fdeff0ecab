using System.Numerics;
using System.Runtime.CompilerServices;

namespace ToolRM.Engines.Cpu;

/// <summary>
/// Element-wise arithmetic on rows. Lengths are rounded up to whole vectors: rows are padded, and what lies in the
/// padding is zero or does not matter.
/// </summary>
internal static unsafe class VectorMath
{
    /// <summary>destination += source.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(float* source, float* destination, int count)
    {
        for (int i = 0; i < count; i += Vector<float>.Count)
        {
            (Vector.Load(destination + i) + Vector.Load(source + i)).Store(destination + i);
        }
    }

    /// <summary>destination += source * factor, for exactly <paramref name="count"/> values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(float* source, float factor, float* destination, int count)
    {
        var scale = new Vector<float>(factor);
        int i = 0;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
        {
            (Vector.Load(destination + i) + (Vector.Load(source + i) * scale)).Store(destination + i);
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
        var scale = new Vector<float>(factor);
        int i = 0;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
        {
            (Vector.Load(source + i) * scale).Store(destination + i);
        }

        for (; i < count; i++)
        {
            destination[i] = source[i] * factor;
        }
    }

    /// <summary>Sum of a[i] * b[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Dot(float* a, float* b, int count)
    {
        var sum = Vector<float>.Zero;
        int i = 0;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
        {
            sum = Vector.FusedMultiplyAdd(Vector.Load(a + i), Vector.Load(b + i), sum);
        }

        float total = Vector.Sum(sum);
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
        int whole = (count + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
        new Span<float>(scores + count, whole - count).Fill(float.NegativeInfinity);
        var largest = new Vector<float>(float.NegativeInfinity);
        for (int i = 0; i < whole; i += Vector<float>.Count)
        {
            largest = Vector.Max(largest, Vector.Load(scores + i));
        }

        float max = largest[0];
        for (int lane = 1; lane < Vector<float>.Count; lane++)
        {
            max = MathF.Max(max, largest[lane]);
        }

        var shift = new Vector<float>(max);
        var sum = Vector<float>.Zero;
        for (int i = 0; i < whole; i += Vector<float>.Count)
        {
            Vector<float> e = Exp(Vector.Load(scores + i) - shift);
            e.Store(scores + i);
            sum += e;
        }

        if (width > whole)
        {
            new Span<float>(scores + whole, width - whole).Clear();
        }

        return Vector.Sum(sum);
    }

    /// <summary>
    /// Turns exponentials into probabilities (times <paramref name="scale"/>), and the gradients of the probabilities into
    /// those of the scores: p * (gradient - <paramref name="mean"/>), where mean is the sum of p * gradient.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SoftmaxBackward(float* exponentials, float* gradient, float scale, float mean, int count)
    {
        Vector<float> factor = new(scale), shift = new(mean);
        for (int i = 0; i < count; i += Vector<float>.Count)
        {
            Vector<float> p = Vector.Load(exponentials + i) * factor;
            p.Store(exponentials + i);
            (p * (Vector.Load(gradient + i) - shift)).Store(gradient + i);
        }
    }

    /// <summary>activation = silu(gate) * up, with silu(x) = x / (1 + exp(-x)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SwiGlu(float* gate, float* up, float* activation, int count)
    {
        for (int i = 0; i < count; i += Vector<float>.Count)
        {
            Vector<float> g = Vector.Load(gate + i);
            (g / (Vector<float>.One + Exp(-g)) * Vector.Load(up + i)).Store(activation + i);
        }
    }

    /// <summary>From the gradient of <see cref="SwiGlu"/>'s output, the gradients of its inputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SwiGluBackward(float* gradient, float* gate, float* up, float* gateGradient, float* upGradient, int count)
    {
        for (int i = 0; i < count; i += Vector<float>.Count)
        {
            Vector<float> g = Vector.Load(gate + i), d = Vector.Load(gradient + i);
            Vector<float> sigmoid = Vector<float>.One / (Vector<float>.One + Exp(-g));
            Vector<float> silu = g * sigmoid;
            (d * silu).Store(upGradient + i);
            (d * Vector.Load(up + i) * (sigmoid + (silu * (Vector<float>.One - sigmoid)))).Store(gateGradient + i);
        }
    }

    /// <summary>exp(x) to about one unit in the last place; 0 below -87.3, infinity above 88.7.</summary>
    /// <remarks>x = n ln 2 + r with |r| at most ln 2 / 2; exp(r) by its Taylor polynomial of degree 7, times 2^n.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Exp(Vector<float> x)
    {
        const float Low = -87.33654f, High = 88.72283f;
        Vector<float> clamped = Vector.Min(Vector.Max(x, new Vector<float>(Low)), new Vector<float>(High));
        Vector<float> n = Vector.Round(clamped * new Vector<float>(1.442695041f));
        Vector<float> r = Vector.FusedMultiplyAdd(n, new Vector<float>(-0.693359375f), clamped);
        r = Vector.FusedMultiplyAdd(n, new Vector<float>(2.12194440e-4f), r);
        var p = new Vector<float>(1f / 5040);
        p = Vector.FusedMultiplyAdd(p, r, new Vector<float>(1f / 720));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<float>(1f / 120));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<float>(1f / 24));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<float>(1f / 6));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<float>(0.5f));
        p = Vector.FusedMultiplyAdd(p, r, Vector<float>.One);
        p = Vector.FusedMultiplyAdd(p, r, Vector<float>.One);

        // 2^n in two halves: n = 128 has no float of its own.
        Vector<int> power = Vector.ConvertToInt32(n);
        Vector<int> half = Vector.ShiftRightArithmetic(power, 1);
        Vector<float> result = p * PowerOfTwo(half) * PowerOfTwo(power - half);
        return Vector.ConditionalSelect(Vector.LessThan(x, new Vector<float>(Low)), Vector<float>.Zero, result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> PowerOfTwo(Vector<int> n) => Vector.AsVectorSingle(Vector.ShiftLeft(n + new Vector<int>(127), 23));
}
