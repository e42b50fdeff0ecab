using System.Numerics;
using System.Runtime.CompilerServices;

namespace ToolRM.Engines.Cpu;

/// <summary>RMSNorm, y = gain * x / sqrt(mean(x^2) + epsilon) (Zhang and Sennrich, arXiv 1910.07467), and its gradient.</summary>
/// <remarks>Rows and the gain are padded with zeros to whole vectors.</remarks>
internal static unsafe class RmsNorm
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(float* x, float* gain, float* y, int count, float epsilon)
    {
        var scale = new Vector<float>(InverseRoot(x, count, epsilon));
        for (int i = 0; i < count; i += Vector<float>.Count)
        {
            (Vector.Load(x + i) * scale * Vector.Load(gain + i)).Store(y + i);
        }
    }

    /// <summary>Adds to <paramref name="xGradient"/> and <paramref name="gainGradient"/> what <paramref name="yGradient"/> says.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(
        float* yGradient, float* x, float* gain, float* xGradient, float* gainGradient, int count, float epsilon)
    {
        float inverse = InverseRoot(x, count, epsilon);
        var projected = Vector<float>.Zero;
        for (int i = 0; i < count; i += Vector<float>.Count)
        {
            projected += Vector.Load(yGradient + i) * Vector.Load(gain + i) * Vector.Load(x + i);
        }

        var scale = new Vector<float>(inverse);
        var along = new Vector<float>(-inverse * inverse * inverse * Vector.Sum(projected) / count);
        for (int i = 0; i < count; i += Vector<float>.Count)
        {
            Vector<float> value = Vector.Load(x + i), d = Vector.Load(yGradient + i);
            (Vector.Load(xGradient + i) + (d * Vector.Load(gain + i) * scale) + (value * along)).Store(xGradient + i);
            (Vector.Load(gainGradient + i) + (d * value * scale)).Store(gainGradient + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float InverseRoot(float* x, int count, float epsilon)
    {
        var sum = Vector<float>.Zero;
        for (int i = 0; i < count; i += Vector<float>.Count)
        {
            Vector<float> value = Vector.Load(x + i);
            sum = Vector.FusedMultiplyAdd(value, value, sum);
        }

        return 1 / MathF.Sqrt((Vector.Sum(sum) / count) + epsilon);
    }
}
