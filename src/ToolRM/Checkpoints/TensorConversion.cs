using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace ToolRM.Checkpoints;

/// <summary>Converts between stored element types and float32. The formats are little-endian, like every machine .NET commonly runs on.</summary>
internal static class TensorConversion
{
    /// <summary>Widens (F64: rounds) stored values to float32; the bytes need no alignment.</summary>
    public static void ToSingle(ReadOnlySpan<byte> source, TensorType type, Span<float> destination)
    {
        switch (type)
        {
            case TensorType.F32:
                source.CopyTo(MemoryMarshal.AsBytes(destination));
                break;
            case TensorType.F16:
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(source), destination);
                break;
            case TensorType.BF16:
                WidenBFloat16(MemoryMarshal.Cast<byte, ushort>(source), destination);
                break;
            case TensorType.F64:
                TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, double>(source), destination);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "This type cannot be converted to float32.");
        }
    }

    /// <summary>Rounds float32 values to bfloat16, to nearest, ties to even; NaN stays NaN.</summary>
    public static void ToBFloat16(ReadOnlySpan<float> source, Span<ushort> destination)
    {
        int i = 0, width = Vector<float>.Count;
        for (; i <= source.Length - 2 * width; i += 2 * width)
        {
            Vector<uint> low = RoundToUpperHalf(new Vector<float>(source.Slice(i, width)));
            Vector<uint> high = RoundToUpperHalf(new Vector<float>(source.Slice(i + width, width)));
            Vector.Narrow(low, high).CopyTo(destination[i..]);
        }

        for (; i < source.Length; i++)
        {
            destination[i] = (ushort)RoundToUpperHalf(new Vector<float>(source[i]))[0];
        }
    }

    private static Vector<uint> RoundToUpperHalf(Vector<float> values)
    {
        Vector<uint> bits = Vector.AsVectorUInt32(values), upper = bits >> 16;
        Vector<uint> rounded = (bits + new Vector<uint>(0x7FFF) + (upper & Vector<uint>.One)) >> 16;
        Vector<uint> isNumber = Vector.AsVectorUInt32(Vector.Equals(values, values));

        // Adding could carry a NaN into infinity or zero, so it is cut off and made a quiet one.
        return Vector.ConditionalSelect(isNumber, rounded, upper | new Vector<uint>(0x40));
    }

    private static void WidenBFloat16(ReadOnlySpan<ushort> source, Span<float> destination)
    {
        int i = 0, width = Vector<ushort>.Count;
        for (; i <= source.Length - width; i += width)
        {
            Vector.Widen(new Vector<ushort>(source.Slice(i, width)), out Vector<uint> low, out Vector<uint> high);
            Vector.AsVectorSingle(low << 16).CopyTo(destination[i..]);
            Vector.AsVectorSingle(high << 16).CopyTo(destination[(i + width / 2)..]);
        }

        for (; i < source.Length; i++)
        {
            destination[i] = BitConverter.UInt32BitsToSingle((uint)source[i] << 16);
        }
    }
}
