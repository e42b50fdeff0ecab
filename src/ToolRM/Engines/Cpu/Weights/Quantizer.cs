using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ToolRM.Engines.Cpu.Kernels;

namespace ToolRM.Engines.Cpu.Weights;

/// <summary>
/// Turns floats into whole numbers q from -127 to 127 and a scale: the largest magnitude becomes 127, ties go to the even
/// number.
/// </summary>
/// <remarks>
/// Each value is multiplied and added to 1.5 * 2^23, where floats are one apart, with one rounding: the low bits are then
/// the whole number. Values with an infinity or a NaN among them get the scale NaN, and so do all products with it.
/// </remarks>
internal static unsafe class Quantizer
{
    private const float Base = 12_582_912;
    private const int Step = 32;

    /// <summary>Writes the low byte of q + <paramref name="offset"/>, for each value.</summary>
    /// <returns>The scale: value = q * scale.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float ToBytes(float* x, int count, byte* y, int offset)
    {
        (float factor, float scale) = Factor(x, count);
        float start = Base + offset;
        Vector256<float> factors = Vector256.Create(factor), starts = Vector256.Create(start);
        int i = 0;
        for (; i <= count - Step; i += Step)
        {
            Vector256.Narrow(Words(x + i, factors, starts), Words(x + i + 16, factors, starts)).Store(y + i);
        }

        for (; i < count; i++)
        {
            y[i] = (byte)BitConverter.SingleToUInt32Bits(MathF.FusedMultiplyAdd(x[i], factor, start));
        }

        return scale;
    }

    /// <summary>Writes q as 16 bits, for each value.</summary>
    /// <returns>The scale: value = q * scale.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float ToWords(float* x, int count, short* y)
    {
        (float factor, float scale) = Factor(x, count);
        Vector256<float> factors = Vector256.Create(factor), starts = Vector256.Create(Base);
        int i = 0;
        for (; i <= count - (Step / 2); i += Step / 2)
        {
            Words(x + i, factors, starts).AsInt16().Store(y + i);
        }

        for (; i < count; i++)
        {
            y[i] = (short)BitConverter.SingleToUInt32Bits(MathF.FusedMultiplyAdd(x[i], factor, Base));
        }

        return scale;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> Words(float* x, Vector256<float> factor, Vector256<float> start)
    {
        Vector256<float> first = Vector256.FusedMultiplyAdd(Vector256.Load(x), factor, start);
        Vector256<float> second = Vector256.FusedMultiplyAdd(Vector256.Load(x + 8), factor, start);
        return Vector256.Narrow(first.AsUInt32(), second.AsUInt32());
    }

    /// <summary>What values are multiplied with, and the inverse of that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (float Factor, float Scale) Factor(float* x, int count)
    {
        // Magnitudes are ordered as their bits are, with infinity and then NaN above all others.
        Vector256<int> magnitude = Vector256.Create(int.MaxValue), first = default, second = default, third = default, fourth = default;
        int i = 0;
        for (; i <= count - Step; i += Step)
        {
            first = Vector256.Max(first, Vector256.Load((int*)x + i) & magnitude);
            second = Vector256.Max(second, Vector256.Load((int*)x + i + 8) & magnitude);
            third = Vector256.Max(third, Vector256.Load((int*)x + i + 16) & magnitude);
            fourth = Vector256.Max(fourth, Vector256.Load((int*)x + i + 24) & magnitude);
        }

        first = Vector256.Max(Vector256.Max(first, second), Vector256.Max(third, fourth));
        Vector128<int> lanes = Vector128.Max(first.GetLower(), first.GetUpper());
        lanes = Vector128.Max(lanes, Vector128.Shuffle(lanes, Vector128.Create(2, 3, 0, 1)));
        int largest = Math.Max(lanes[0], lanes[1]);
        for (; i < count; i++)
        {
            largest = Math.Max(largest, ((int*)x)[i] & int.MaxValue);
        }

        // The factor stays finite for zeros, and for numbers so small that 127 divided by them is no float.
        float range = BitConverter.Int32BitsToSingle(largest), factor = MathF.Min(Int8Kernel.Largest / range, float.MaxValue);
        return (factor, float.IsFinite(range) ? 1 / factor : float.NaN);
    }
}
