using System.Buffers.Binary;
using System.Text;
using ToolRM.Checkpoints;

namespace ToolRM.Tests.Checkpoints;

public class SafetensorsWriterTests
{
    [Theory]
    [InlineData(TensorType.F32)]
    [InlineData(TensorType.BF16)]
    public void What_is_written_is_read_again(object tensorType)
    {
        var type = (TensorType)tensorType;
        using var folder = new TemporaryFolder();
        float[] matrix = [.. Enumerable.Range(0, 200_000).Select(i => i % 128 * 0.25f)], vector = [1, -2, 3];
        SafetensorsWriter.Write(folder.File("m.safetensors"), [Tensor("z", matrix, 400, 500), Tensor("a", vector, 3)], type);

        using var file = SafetensorsFile.Open(folder.File("m.safetensors"));
        file.Metadata.Should().Contain("format", "pt");
        file.Tensors["z"].Shape.Should().Equal(400, 500);
        file.Tensors["z"].Type.Should().Be(type);
        file.Tensors["z"].Begin.Should().Be(0, "tensors lie in the given order");
        float[] readMatrix = new float[matrix.Length], readVector = new float[3];
        file.Read(file.Tensors["z"], readMatrix);
        file.Read(file.Tensors["a"], readVector);
        readMatrix.AsSpan().SequenceEqual(matrix).Should().BeTrue();
        readVector.Should().Equal(vector);
        Directory.GetFiles(folder.Path).Should().ContainSingle();
    }

    [Fact]
    public void The_data_is_aligned_and_the_bytes_are_those_of_the_format()
    {
        using var folder = new TemporaryFolder();
        SafetensorsWriter.Write(folder.File("m.safetensors"), [Tensor("abc", [1.5f], 1)]);
        byte[] bytes = File.ReadAllBytes(folder.File("m.safetensors"));
        long length = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        (length % 8).Should().Be(0);
        Encoding.UTF8.GetString(bytes, 8, (int)length).TrimEnd(' ').Should().Be(
            """{"__metadata__":{"format":"pt"},"abc":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""");
        bytes.AsSpan(8 + (int)length).ToArray().Should().Equal(0, 0, 0xC0, 0x3F);
    }

    [Fact]
    public void A_failure_leaves_the_old_file_and_no_other()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("m.safetensors", "old");
        TensorToWrite failing = new("bad", [1], _ => throw new IOException("no values"));
        Action write = () => SafetensorsWriter.Write(path, [Tensor("a", [1], 1), failing]);
        write.Should().Throw<CheckpointException>().WithMessage("*no values*");
        Action cancelled = () => SafetensorsWriter.Write(path, [Tensor("a", [1], 1)], cancellationToken: new CancellationToken(canceled: true));
        cancelled.Should().Throw<OperationCanceledException>();
        File.ReadAllText(path).Should().Be("old");
        Directory.GetFiles(folder.Path).Should().ContainSingle();
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_a_typed_error()
    {
        using var folder = new TemporaryFolder();
        Action write = () => SafetensorsWriter.Write(folder.File("none/m.safetensors"), [Tensor("a", [1], 1)]);
        write.Should().Throw<CheckpointException>().WithMessage("*cannot be written*");
    }

    private static TensorToWrite Tensor(string name, float[] values, params int[] shape) =>
        new(name, shape, destination => values.CopyTo(destination));
}
