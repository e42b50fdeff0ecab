using System.Runtime.InteropServices;
using ToolRM.Checkpoints;

namespace ToolRM.Tests.Checkpoints;

public class TensorConversionTests
{
    [Fact]
    public void Every_bfloat16_widens_to_its_value_and_rounds_back_to_itself()
    {
        ushort[] all = [.. Enumerable.Range(0, 65536).Select(i => (ushort)i)];
        float[] wide = new float[all.Length];
        TensorConversion.ToSingle(MemoryMarshal.AsBytes<ushort>(all), TensorType.BF16, wide);
        for (int i = 0; i < all.Length; i++)
        {
            BitConverter.SingleToUInt32Bits(wide[i]).Should().Be((uint)i << 16);
        }

        ushort[] back = new ushort[all.Length];
        TensorConversion.ToBFloat16(wide, back);
        for (int i = 0; i < all.Length; i++)
        {
            // Signalling NaNs become quiet ones.
            back[i].Should().Be(float.IsNaN(wide[i]) ? (ushort)(all[i] | 0x40) : all[i]);
        }
    }

    [Theory]
    [InlineData(0x3F808000u, 0x3F80)] // halfway, down to even
    [InlineData(0x3F818000u, 0x3F82)] // halfway, up to even
    [InlineData(0x3F808001u, 0x3F81)] // just above halfway
    [InlineData(0x3F807FFFu, 0x3F80)] // just below halfway
    [InlineData(0xBF818000u, 0xBF82)] // negative
    [InlineData(0x3FFFFFFFu, 0x4000)] // carries into the exponent
    [InlineData(0x7F7FFFFFu, 0x7F80)] // the largest float32 overflows
    [InlineData(0x00000001u, 0x0000)] // subnormal
    [InlineData(0x7F800001u, 0x7FC0)] // NaN does not become infinity
    [InlineData(0xFFFFFFFFu, 0xFFFF)]
    public void Rounding_to_bfloat16_is_to_nearest_even(uint bits, int expected)
    {
        // Enough for whole vectors and a rest.
        ushort[] rounded = new ushort[67];
        TensorConversion.ToBFloat16([.. Enumerable.Repeat(BitConverter.UInt32BitsToSingle(bits), rounded.Length)], rounded);
        rounded.Should().OnlyContain(value => value == expected);
    }

    [Fact]
    public void Every_half_widens_to_its_value()
    {
        Half[] all = [.. Enumerable.Range(0, 65536).Select(i => BitConverter.UInt16BitsToHalf((ushort)i))];
        float[] wide = new float[all.Length];
        TensorConversion.ToSingle(MemoryMarshal.AsBytes<Half>(all), TensorType.F16, wide);
        for (int i = 0; i < all.Length; i++)
        {
            wide[i].Should().Be((float)all[i]);
        }
    }

    [Fact]
    public void Doubles_are_rounded()
    {
        double[] source = [1.0 / 3, -1e300, double.NaN, 1e-320, 16777217, 0.1, 0.2, 0.3, 0.7];
        float[] rounded = new float[source.Length];
        TensorConversion.ToSingle(MemoryMarshal.AsBytes<double>(source), TensorType.F64, rounded);
        rounded.Should().Equal(source.Select(v => (float)v));
    }
}
