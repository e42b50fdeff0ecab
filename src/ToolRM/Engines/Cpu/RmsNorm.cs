using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ToolRM.Engines.Cpu;

/// <summary>RMSNorm, y = gain * x / sqrt(mean(x^2) + epsilon) (Zhang and Sennrich, arXiv 1910.07467), and its gradient.</summary>
/// <remarks>Rows and the gain are padded with zeros to whole vectors.</remarks>
internal static unsafe class RmsNorm
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(float* x, float* gain, float* y, int count, float epsilon)
    {
        Vector512<float> scale = Vector512.Create(InverseRoot(x, count, epsilon));
        for (int i = 0; i < count; i += VectorMath.Lanes)
        {
            (Vector512.Load(x + i) * scale * Vector512.Load(gain + i)).Store(y + i);
        }
    }

    /// <summary>Norms rows of the hidden width.</summary>
    public static void ForwardRows(float* x, float* gain, float* y, int rows, DecoderShape shape)
    {
        for (int row = 0; row < rows; row++, x += shape.PaddedHidden, y += shape.PaddedHidden)
        {
            Forward(x, gain, y, shape.Hidden, shape.NormEpsilon);
        }
    }

    /// <summary>Adds to <paramref name="xGradient"/> and <paramref name="gainGradient"/> what <paramref name="yGradient"/> says.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(
        float* yGradient, float* x, float* gain, float* xGradient, float* gainGradient, int count, float epsilon)
    {
        float inverse = InverseRoot(x, count, epsilon);
        Vector512<float> projected = Vector512<float>.Zero;
        for (int i = 0; i < count; i += VectorMath.Lanes)
        {
            projected += Vector512.Load(yGradient + i) * Vector512.Load(gain + i) * Vector512.Load(x + i);
        }

        Vector512<float> scale = Vector512.Create(inverse);
        Vector512<float> along = Vector512.Create(-inverse * inverse * inverse * Vector512.Sum(projected) / count);
        for (int i = 0; i < count; i += VectorMath.Lanes)
        {
            Vector512<float> value = Vector512.Load(x + i), d = Vector512.Load(yGradient + i);
            (Vector512.Load(xGradient + i) + (d * Vector512.Load(gain + i) * scale) + (value * along)).Store(xGradient + i);
            (Vector512.Load(gainGradient + i) + (d * value * scale)).Store(gainGradient + i);
        }
    }

    /// <summary>1 / sqrt(mean(x^2) + epsilon).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float InverseRoot(float* x, int count, float epsilon)
    {
        Vector512<float> first = Vector512<float>.Zero, second = Vector512<float>.Zero;
        int i = 0;
        for (; i <= count - (2 * VectorMath.Lanes); i += 2 * VectorMath.Lanes)
        {
            Vector512<float> a = Vector512.Load(x + i), b = Vector512.Load(x + i + VectorMath.Lanes);
            first = Vector512.FusedMultiplyAdd(a, a, first);
            second = Vector512.FusedMultiplyAdd(b, b, second);
        }

        for (; i < count; i += VectorMath.Lanes)
        {
            Vector512<float> value = Vector512.Load(x + i);
            first = Vector512.FusedMultiplyAdd(value, value, first);
        }

        return 1 / MathF.Sqrt((Vector512.Sum(first + second) / count) + epsilon);
    }
}
