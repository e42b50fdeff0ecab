using System.Text;
using ToolRM.Checkpoints;
using static ToolRM.Tests.Checkpoints.SafetensorsBytes;

namespace ToolRM.Tests.Checkpoints;

public class SafetensorsHostileTests
{
    private static string Good => Tensor("a", "F32", "[2,3]", 0, 24);

    public static TheoryData<string, string, int> BadHeaders => new()
    {
        { "not within", "{" + Tensor("a", "F32", "[2,3]", 0, 24) + "}", 20 },
        { "not within", "{" + Tensor("a", "F32", "[2]", 8, 0) + "}", 8 },
        { "do not fill", "{" + Tensor("a", "F32", "[2,4]", 0, 24) + "}", 24 },
        { "do not fill", "{" + Tensor("a", "BF16", "[2,3]", 0, 24) + "}", 24 },
        { "do not fill", "{" + Tensor("a", "F32", "[4611686018427387904]", 0, 0) + "}", 0 },
        { "more values", "{" + Tensor("a", "F32", "[9223372036854775807,9223372036854775807]", 0, 24) + "}", 24 },
        { "more values", "{" + Tensor("a", "F32", "[4294967296,4294967296]", 0, 0) + "}", 0 },
        { "not negative", "{" + Tensor("a", "F32", "[-1]", 0, 4) + "}", 4 },
        { "not negative", "{" + Tensor("a", "F32", "[1.5]", 0, 4) + "}", 4 },
        { "not negative", "{" + Tensor("a", "F32", "[1e99]", 0, 4) + "}", 4 },
        { "not negative", "{" + Tensor("a", "F32", "[18446744073709551616]", 0, 4) + "}", 4 },
        { "not negative", "{" + Tensor("a", "F32", "[1]", -4, 0) + "}", 4 },
        { "more than 8", "{" + Tensor("a", "F32", "[1,1,1,1,1,1,1,1,1]", 0, 4) + "}", 4 },
        { "more than 2", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", 4 },
        { "of two numbers", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 4 },
        { "needs dtype", """{"a":{"shape":[1],"data_offsets":[0,4]}}""", 4 },
        { "twice", """{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4 },
        { "gap or overlap", "{" + Good + "," + Tensor("b", "F32", "[2,3]", 12, 36) + "}", 36 },
        { "gap or overlap", "{" + Good + "," + Tensor("b", "F32", "[2,3]", 0, 24) + "}", 24 },
        { "gap or overlap", "{" + Good + "," + Tensor("b", "F32", "[1]", 28, 32) + "}", 32 },
        { "the tensors need 24 bytes", "{" + Good + "}", 28 },
        { "listed twice", "{" + Good + "," + Good + "}", 24 },
        { "listed twice", """{"__metadata__":{},"__metadata__":{}}""", 0 },
        { "String was expected", """{"__metadata__":{"format":1}}""", 0 },
        { "StartObject was expected", """{"a":[]}""", 0 },
        { "damaged", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}""", 4 },
        { "damaged", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}}""", 4 },
        { "damaged", "{" + Good + "} x", 24 },
        { "damaged", """{"\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4 },
        { "StartObject was expected", "{\"a\":[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]}", 0 },
    };

    [Theory]
    [MemberData(nameof(BadHeaders))]
    public void A_bad_header_is_a_typed_error(string expected, string header, int dataLength)
    {
        Action open = () => Open(Of(header, dataLength)).Dispose();
        open.Should().Throw<CheckpointException>().WithMessage($"*{expected}*").Which.Path.Should().Be("test.safetensors");
    }

    [Fact]
    public void Hostile_names_are_made_printable_in_messages()
    {
        string name = "\\u001b[31m" + new string('x', 500);
        Action open = () => Open(Of("{" + Tensor(name, "F32", "[1]", 0, 8) + "}", 8)).Dispose();
        string message = open.Should().Throw<CheckpointException>().Which.Message;
        message.Should().NotContain("\u001b");
        message.Length.Should().BeLessThan(400);
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 1, 2, 3 })]
    [InlineData(new byte[] { 2, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255, (byte)'{', (byte)'}' })]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 127, (byte)'{', (byte)'}' })]
    [InlineData(new byte[] { 3, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}' })]
    [InlineData(new byte[] { 2, 0, 0, 0, 0, 0, 0, 0, (byte)' ', (byte)'{' })]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}' })]
    public void A_bad_length_is_a_typed_error(byte[] file)
    {
        Action open = () => Open(file).Dispose();
        open.Should().Throw<CheckpointException>();
    }

    [Fact]
    public void A_file_without_tensors_is_valid() => Open(Of("{}", 0)).Tensors.Should().BeEmpty();

    [Fact]
    public void A_Git_LFS_pointer_is_recognised()
    {
        byte[] pointer = Encoding.ASCII.GetBytes("version https://git-lfs.github.com/spec/v1\noid sha256:0123\nsize 988097824\n");
        Action open = () => Open(pointer).Dispose();
        open.Should().Throw<CheckpointException>().WithMessage("*Git LFS pointer*git lfs pull*");
    }

    [Fact]
    public void Missing_and_empty_files_and_folders_are_typed_errors()
    {
        using var folder = new TemporaryFolder();
        foreach (string path in new[] { folder.File("none.safetensors"), folder.Write("empty.safetensors", string.Empty), folder.Path })
        {
            Action open = () => SafetensorsFile.Open(path).Dispose();
            open.Should().Throw<CheckpointException>().Which.Path.Should().Be(path);
        }
    }

    [Fact]
    public void Truncations_never_do_worse_than_a_typed_error()
    {
        byte[] file = SmallFile();
        for (int length = 0; length < file.Length; length++)
        {
            OpenAndReadAll(file[..length]).Should().BeFalse("a file cut to {0} bytes is not valid", length);
        }

        OpenAndReadAll(file).Should().BeTrue();
    }

    [Fact]
    public void Bit_flips_and_random_bytes_never_do_worse_than_a_typed_error()
    {
        byte[] file = SmallFile();
        for (int bit = 0; bit < file.Length * 8; bit++)
        {
            byte[] changed = (byte[])file.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            OpenAndReadAll(changed);
        }

        var random = new Random(11);
        ReadOnlySpan<byte> alphabet = "{}[]\",:0123456789-eE\\u d\0\xFF"u8;
        for (int round = 0; round < 20_000; round++)
        {
            byte[] changed = (byte[])file.Clone();
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                changed[random.Next(8, changed.Length)] = alphabet[random.Next(alphabet.Length)];
            }

            OpenAndReadAll(changed);
        }
    }

    private static byte[] SmallFile() =>
        Of("{\"__metadata__\":{\"format\":\"pt\"}," + Good + "," + Tensor("b", "BF16", "[4]", 24, 32) + "}  ", 32);

    /// <summary>Whether the file is valid; anything but a result or a typed error fails the test.</summary>
    private static bool OpenAndReadAll(byte[] bytes)
    {
        try
        {
            using SafetensorsFile file = Open(bytes);
            foreach (TensorEntry tensor in file.Tensors.Values)
            {
                file.Read(tensor, new float[tensor.Count]);
            }

            return true;
        }
        catch (CheckpointException)
        {
            return false;
        }
    }
}
