using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using ToolRM.Models;

namespace ToolRM.Checkpoints;

/// <summary>Writes the values of a tensor, row-major.</summary>
internal delegate void TensorFill(Span<float> destination);

/// <summary>A tensor to be written.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Fill">Gives its values, when it is their turn.</param>
internal sealed record TensorToWrite(string Name, IReadOnlyList<int> Shape, TensorFill Fill)
{
    /// <summary>Number of values.</summary>
    public long Count => Shape.Aggregate(1L, (product, dimension) => checked(product * dimension));

    /// <summary>A parameter with its Hugging Face shape: gains and biases have one dimension.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="source">Gives its values.</param>
    public static TensorToWrite From(ParameterInfo parameter, IParameterSource source) =>
        new(parameter.Name, parameter.Shape, destination => source.Read(parameter, destination));
}

/// <summary>Writes safetensors files, one tensor after the other, so that only one is in memory at a time.</summary>
internal static class SafetensorsWriter
{
    private const int BlockLength = 1 << 16;

    /// <summary>Writes a file atomically.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="tensors">The tensors, in the order in which they are laid out.</param>
    /// <param name="type"><see cref="TensorType.F32"/>, or <see cref="TensorType.BF16"/> (rounded to nearest, ties to even).</param>
    /// <param name="metadata">Strings to store with them, besides the one that PyTorch looks for.</param>
    /// <param name="cancellationToken">Stops between tensors and leaves the old file.</param>
    /// <exception cref="CheckpointException">The disk is full, access is denied and the like.</exception>
    public static void Write(
        string path,
        IReadOnlyList<TensorToWrite> tensors,
        TensorType type = TensorType.F32,
        IEnumerable<KeyValuePair<string, string>>? metadata = null,
        CancellationToken cancellationToken = default)
    {
        if (type is not (TensorType.F32 or TensorType.BF16))
        {
            throw new ArgumentOutOfRangeException(nameof(type), type, "Tensors are written as F32 or BF16.");
        }

        byte[] header = Header(tensors, type, metadata ?? []);
        float[] values = GC.AllocateUninitializedArray<float>(checked((int)tensors.Select(tensor => tensor.Count).DefaultIfEmpty().Max()));
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header);
            foreach (TensorToWrite tensor in tensors)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Span<float> filled = values.AsSpan(0, (int)tensor.Count);
                tensor.Fill(filled);
                WriteValues(stream, filled, type);
            }
        });
    }

    /// <summary>The header's length and the header, padded with spaces so that the data begins at a multiple of 8 bytes.</summary>
    private static byte[] Header(
        IReadOnlyList<TensorToWrite> tensors, TensorType type, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("__metadata__");
            writer.WriteString("format", "pt");
            foreach ((string key, string value) in metadata)
            {
                writer.WriteString(key, value);
            }

            writer.WriteEndObject();
            long offset = 0;
            foreach (TensorToWrite tensor in tensors)
            {
                writer.WriteStartObject(tensor.Name);
                writer.WriteString("dtype", type.ToString());
                WriteNumbers(writer, "shape", tensor.Shape.Select(dimension => (long)dimension));
                long end = offset + tensor.Count * TensorEntry.SizeOf(type);
                WriteNumbers(writer, "data_offsets", [offset, end]);
                writer.WriteEndObject();
                offset = end;
            }

            writer.WriteEndObject();
        }

        int padded = (buffer.WrittenCount + 7) / 8 * 8;
        byte[] header = new byte[sizeof(ulong) + padded];
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)padded);
        buffer.WrittenSpan.CopyTo(header.AsSpan(sizeof(ulong)));
        header.AsSpan(sizeof(ulong) + buffer.WrittenCount).Fill((byte)' ');
        return header;
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, IEnumerable<long> numbers)
    {
        writer.WriteStartArray(name);
        foreach (long number in numbers)
        {
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }

    private static void WriteValues(Stream stream, ReadOnlySpan<float> values, TensorType type)
    {
        Span<ushort> rounded = type == TensorType.BF16 ? new ushort[Math.Min(BlockLength, values.Length)] : [];
        for (int done = 0; done < values.Length; done += BlockLength)
        {
            ReadOnlySpan<float> block = values.Slice(done, Math.Min(BlockLength, values.Length - done));
            if (type == TensorType.F32)
            {
                stream.Write(MemoryMarshal.AsBytes(block));
            }
            else
            {
                TensorConversion.ToBFloat16(block, rounded);
                stream.Write(MemoryMarshal.AsBytes(rounded[..block.Length]));
            }
        }
    }
}
