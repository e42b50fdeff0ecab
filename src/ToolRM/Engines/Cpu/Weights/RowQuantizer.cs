using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ToolRM.Engines.Cpu.Kernels;

namespace ToolRM.Engines.Cpu.Weights;

/// <summary>
/// Turns a row of floats into whole numbers from -127 to 127 and a scale: the largest magnitude becomes 127, ties go to the
/// even number.
/// </summary>
/// <remarks>
/// Each value is multiplied, rounded once, and added to 1.5 * 2^23, where floats are one apart: the low bits are then the
/// whole number. A row with an infinity or a NaN gets the scale NaN, and so do all products with it.
/// </remarks>
internal static unsafe class RowQuantizer
{
    private const float Base = 12_582_912;
    private const int Step = 64;

    /// <summary>Writes q + 128 as a byte, for each value.</summary>
    /// <returns>The scale: value = q * scale.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float ToBytes(float* x, int count, byte* y)
    {
        (float factor, float scale) = Factor(x, count);
        Vector512<float> factors = Vector512.Create(factor), bases = Vector512.Create(Base + 128);
        int i = 0;
        for (; i <= count - Step; i += Step)
        {
            Vector512<ushort> first = Words(x + i, factors, bases), second = Words(x + i + (Step / 2), factors, bases);
            Vector512.Narrow(first, second).Store(y + i);
        }

        for (; i < count; i++)
        {
            y[i] = (byte)BitConverter.SingleToUInt32Bits(MathF.FusedMultiplyAdd(x[i], factor, Base + 128));
        }

        return scale;
    }

    /// <summary>Writes q as 16 bits, for each value.</summary>
    /// <returns>The scale: value = q * scale.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float ToWords(float* x, int count, short* y)
    {
        (float factor, float scale) = Factor(x, count);
        Vector512<float> factors = Vector512.Create(factor), bases = Vector512.Create(Base);
        int i = 0;
        for (; i <= count - (Step / 2); i += Step / 2)
        {
            Words(x + i, factors, bases).AsInt16().Store(y + i);
        }

        for (; i < count; i++)
        {
            y[i] = (short)BitConverter.SingleToUInt32Bits(MathF.FusedMultiplyAdd(x[i], factor, Base));
        }

        return scale;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ushort> Words(float* x, Vector512<float> factor, Vector512<float> start)
    {
        Vector512<float> first = Vector512.FusedMultiplyAdd(Vector512.Load(x), factor, start);
        Vector512<float> second = Vector512.FusedMultiplyAdd(Vector512.Load(x + 16), factor, start);
        return Vector512.Narrow(first.AsUInt32(), second.AsUInt32());
    }

    /// <summary>What values are multiplied with, and the inverse of that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (float Factor, float Scale) Factor(float* x, int count)
    {
        // Magnitudes are ordered as their bits are, with infinity and then NaN above all others.
        Vector512<int> magnitude = Vector512.Create(int.MaxValue), first = default, second = default, third = default, fourth = default;
        int i = 0;
        for (; i <= count - Step; i += Step)
        {
            first = Vector512.Max(first, Vector512.Load((int*)x + i) & magnitude);
            second = Vector512.Max(second, Vector512.Load((int*)x + i + 16) & magnitude);
            third = Vector512.Max(third, Vector512.Load((int*)x + i + 32) & magnitude);
            fourth = Vector512.Max(fourth, Vector512.Load((int*)x + i + 48) & magnitude);
        }

        first = Vector512.Max(Vector512.Max(first, second), Vector512.Max(third, fourth));
        int largest = 0;
        for (int lane = 0; lane < Vector512<int>.Count; lane++)
        {
            largest = Math.Max(largest, first[lane]);
        }

        for (; i < count; i++)
        {
            largest = Math.Max(largest, ((int*)x)[i] & int.MaxValue);
        }

        // The factor stays finite for a row of zeros, or of numbers so small that 127 divided by them is no float.
        float range = BitConverter.Int32BitsToSingle(largest), factor = MathF.Min(Int8Kernel.Largest / range, float.MaxValue);
        return (factor, float.IsFinite(range) ? 1 / factor : float.NaN);
    }
}
