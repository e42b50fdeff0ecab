using System.Runtime.InteropServices;
using ToolRM.Checkpoints;
using ToolRM.Tests.Golden;

namespace ToolRM.Tests.Checkpoints;

public class SafetensorsFileTests
{
    [Theory]
    [MemberData(nameof(GoldenFolder.Models), MemberType = typeof(GoldenFolder))]
    public void A_file_of_another_writer_is_read(string model)
    {
        using var file = SafetensorsFile.Open(Path.Combine(GoldenFolder.Of(model), "model.safetensors"));
        file.Metadata.Should().Contain("format", "pt");
        TensorEntry norm = file.Tensors["model.norm.weight"];
        norm.Type.Should().Be(TensorType.F32);
        norm.Shape.Should().ContainSingle();
        float[] gains = new float[norm.Count];
        file.Read(norm, gains);
        gains.Should().OnlyContain(g => g > 0 && g < 2).And.OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData("F32")]
    [InlineData("F16")]
    [InlineData("BF16")]
    [InlineData("F64")]
    public void Every_type_is_read_as_float32(string type)
    {
        float[] values = [0, 1, -2.5f, 0.15625f, 1024, float.PositiveInfinity, -0.0f];
        byte[] data = type switch
        {
            "F32" => MemoryMarshal.AsBytes<float>(values).ToArray(),
            "F16" => MemoryMarshal.AsBytes<Half>(Array.ConvertAll(values, v => (Half)v)).ToArray(),
            "BF16" => MemoryMarshal.AsBytes<ushort>(Array.ConvertAll(values, v => (ushort)(BitConverter.SingleToUInt32Bits(v) >> 16))).ToArray(),
            _ => MemoryMarshal.AsBytes<double>(Array.ConvertAll(values, v => (double)v)).ToArray(),
        };
        // A name of odd length, so that the data is not aligned.
        using var file = SafetensorsBytes.Open(SafetensorsBytes.Of("{" + SafetensorsBytes.Tensor("odd", type, "[7]", 0, data.Length) + "} ", data));
        float[] read = new float[7];
        file.Read(file.Tensors["odd"], read);
        read.Should().Equal(values);
        float.IsNegative(read[6]).Should().BeTrue();
    }

    [Fact]
    public void Long_tensors_are_read_in_blocks_without_a_seam()
    {
        float[] values = new float[(1 << 20) * 2 + 3];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = i;
        }

        byte[] data = MemoryMarshal.AsBytes<float>(values).ToArray();
        using var file = SafetensorsBytes.Open(SafetensorsBytes.Of("{" + SafetensorsBytes.Tensor("a", "F32", $"[{values.Length}]", 0, data.Length) + "}", data));
        float[] read = new float[values.Length];
        file.Read(file.Tensors["a"], read);
        read.AsSpan().SequenceEqual(values).Should().BeTrue();
    }

    [Fact]
    public void A_tensor_beyond_two_gigabytes_is_read()
    {
        using var folder = new TemporaryFolder();
        const long before = 2_200_000_000;
        byte[] start = SafetensorsBytes.Of(
            "{" + SafetensorsBytes.Tensor("a", "U8", $"[{before}]", 0, before) + "," + SafetensorsBytes.Tensor("b", "F32", "[2]", before, before + 8) + "}", 0);
        using (var stream = new FileStream(folder.File("big.safetensors"), FileMode.CreateNew))
        {
            stream.Write(start);
            // Not written, so on most file systems it takes no space.
            stream.Seek(before, SeekOrigin.Current);
            stream.Write(MemoryMarshal.AsBytes<float>([3.5f, -1f]));
        }

        using var file = SafetensorsFile.Open(folder.File("big.safetensors"));
        float[] read = new float[2];
        file.Read(file.Tensors["b"], read);
        read.Should().Equal(3.5f, -1f);
    }

    [Fact]
    public void Tensors_without_dimensions_and_without_values_are_read()
    {
        string header = "{" + SafetensorsBytes.Tensor("scalar", "F32", "[]", 0, 4) + "," + SafetensorsBytes.Tensor("none", "F32", "[0,5]", 4, 4) + "}";
        using var file = SafetensorsBytes.Open(SafetensorsBytes.Of(header, MemoryMarshal.AsBytes<float>([2.5f])));
        float[] one = new float[1];
        file.Read(file.Tensors["scalar"], one);
        one[0].Should().Be(2.5f);
        file.Tensors["none"].Count.Should().Be(0);
        file.Read(file.Tensors["none"], []);
    }

    [Fact]
    public void A_destination_of_another_length_is_an_error()
    {
        using var file = SafetensorsBytes.Open(SafetensorsBytes.Of("{" + SafetensorsBytes.Tensor("a", "F32", "[2]", 0, 8) + "}", 8));
        Action read = () => file.Read(file.Tensors["a"], new float[3]);
        read.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void An_unreadable_type_is_listed_and_an_error_only_when_it_is_read()
    {
        using var file = SafetensorsBytes.Open(SafetensorsBytes.Of("{" + SafetensorsBytes.Tensor("ids", "I64", "[2]", 0, 16) + "}", 16));
        Action read = () => file.Read(file.Tensors["ids"], new float[2]);
        read.Should().Throw<CheckpointException>().WithMessage("*ids*I64*F32, F16, BF16*").Which.Tensor.Should().Be("ids");
    }

    [Fact]
    public void Reading_after_disposal_is_an_error()
    {
        SafetensorsFile file = SafetensorsBytes.Open(SafetensorsBytes.Of("{" + SafetensorsBytes.Tensor("a", "F32", "[1]", 0, 4) + "}", 4));
        file.Dispose();
        file.Dispose();
        Action read = () => file.Read(file.Tensors["a"], new float[1]);
        read.Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public unsafe void A_resource_stream_is_read_in_place()
    {
        byte[] bytes = SafetensorsBytes.Of("{" + SafetensorsBytes.Tensor("a", "F32", "[1]", 0, 4) + "}", MemoryMarshal.AsBytes<float>([7f]));
        fixed (byte* start = bytes)
        {
            using var file = SafetensorsFile.Open("resource", TensorMemory.From(new UnmanagedMemoryStream(start, bytes.Length)));
            float[] read = new float[1];
            file.Read(file.Tensors["a"], read);
            read[0].Should().Be(7);
        }
    }
}
