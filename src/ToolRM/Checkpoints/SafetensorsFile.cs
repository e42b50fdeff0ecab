using System.Buffers.Binary;

namespace ToolRM.Checkpoints;

/// <summary>
/// An open safetensors file, its header read and checked; values are converted to float32 as they are read. Reads may
/// run on many threads at once; nothing may be reading when it is disposed.
/// </summary>
internal sealed class SafetensorsFile : IDisposable
{
    /// <summary>The longest header that is read, as in the reference implementation.</summary>
    public const int MaxHeaderLength = 100_000_000;

    private const int LengthSize = sizeof(ulong);

    /// <summary>Values converted at a time: what is read from a mapped file fits the cache until it is written.</summary>
    private const int BlockLength = 1 << 20;

    private readonly TensorMemory _memory;
    private readonly long _dataStart;

    private SafetensorsFile(
        string path, TensorMemory memory, long dataStart, Dictionary<string, TensorEntry> tensors, Dictionary<string, string> metadata)
    {
        Path = path;
        _memory = memory;
        _dataStart = dataStart;
        Tensors = tensors;
        Metadata = metadata;
    }

    /// <summary>The file, or the name it was given.</summary>
    public string Path { get; }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, TensorEntry> Tensors { get; }

    /// <summary>The strings of <c>__metadata__</c>; empty if there are none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Maps a file.</summary>
    /// <exception cref="CheckpointException">It cannot be read, or is no valid safetensors file.</exception>
    public static SafetensorsFile Open(string path) => Open(path, TensorMemory.Map(path));

    /// <summary>Opens a file that is in memory.</summary>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="memory">Its bytes; owned by the result, or disposed if they are no valid file.</param>
    /// <exception cref="CheckpointException">It is no valid safetensors file.</exception>
    public static SafetensorsFile Open(string name, TensorMemory memory)
    {
        try
        {
            if (!BitConverter.IsLittleEndian)
            {
                throw new PlatformNotSupportedException("Safetensors files are read on little-endian machines only.");
            }

            int headerLength = HeaderLength(name, memory);
            long dataStart = LengthSize + headerLength;
            using TensorMemory.Window header = memory.Open(LengthSize, headerLength);
            var (tensors, metadata) = SafetensorsHeader.Parse(header.Bytes, memory.Length - dataStart, name);
            return new SafetensorsFile(name, memory, dataStart, tensors, metadata);
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    /// <summary>Writes a tensor's values, row-major, as float32.</summary>
    /// <exception cref="ArgumentException">The destination has another length than the tensor.</exception>
    /// <exception cref="CheckpointException">The tensor's type cannot be read.</exception>
    public void Read(TensorEntry tensor, Span<float> destination)
    {
        CheckType(tensor);
        if (destination.Length != tensor.Count)
        {
            throw new ArgumentException($"The tensor has {tensor.Count} values, the destination {destination.Length}.", nameof(destination));
        }

        Read(tensor, 0, destination);
    }

    /// <summary>Writes as many of a tensor's values as the destination holds, row-major, as float32.</summary>
    /// <param name="tensor">A tensor of a readable type.</param>
    /// <param name="start">Index of the first value.</param>
    /// <param name="destination">Receives the values.</param>
    /// <exception cref="CheckpointException">The tensor's type cannot be read.</exception>
    public void Read(TensorEntry tensor, long start, Span<float> destination)
    {
        CheckType(tensor);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, tensor.Count - destination.Length);
        int size = tensor.ElementSize;
        for (int done = 0; done < destination.Length; done += BlockLength)
        {
            int count = Math.Min(BlockLength, destination.Length - done);
            using TensorMemory.Window window = _memory.Open(_dataStart + tensor.Begin + ((start + done) * size), count * size);
            TensorConversion.ToSingle(window.Bytes, tensor.Type, destination.Slice(done, count));
        }
    }

    public void Dispose() => _memory.Dispose();

    private void CheckType(TensorEntry tensor)
    {
        if (tensor.Type == TensorType.Other)
        {
            throw new CheckpointException(
                Path, $"its type {CheckpointException.Printable(tensor.TypeName)} cannot be read; F32, F16, BF16 and F64 can", tensor.Name);
        }
    }

    private static int HeaderLength(string name, TensorMemory memory)
    {
        using TensorMemory.Window window = memory.Open(0, (int)Math.Min(memory.Length, 64));
        ReadOnlySpan<byte> start = window.Bytes;
        if (start.StartsWith("version https://git-lfs"u8))
        {
            throw new CheckpointException(name, "is a Git LFS pointer, not the weights; fetch them with 'git lfs pull'");
        }

        if (start.Length <= LengthSize)
        {
            throw new CheckpointException(name, $"is no safetensors file: it has only {start.Length} bytes");
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (length > MaxHeaderLength || (long)length > memory.Length - LengthSize || start[LengthSize] != '{')
        {
            throw new CheckpointException(name,
                $"is no safetensors file, or a truncated one: it would have a header of {length} bytes, and has {memory.Length} bytes in all");
        }

        return (int)length;
    }
}
