using System.Runtime.InteropServices;

namespace ToolRM.Training;

/// <summary>Reads what <see cref="ChecksummedWriter"/> wrote.</summary>
internal sealed class ChecksummedReader(FileStream stream)
{
    /// <summary>Checks the whole file and goes back to where it was.</summary>
    /// <exception cref="InvalidDataException">The file is not as it was written.</exception>
    public void VerifyChecksum()
    {
        long position = stream.Position, left = stream.Length - sizeof(uint);
        stream.Position = 0;
        var checksum = new Checksum();
        byte[] buffer = new byte[1 << 20];
        while (left > 0)
        {
            Span<byte> slice = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
            stream.ReadExactly(slice);
            checksum.Append<byte>(slice);
            left -= slice.Length;
        }

        if (Read<uint>() != checksum.Value)
        {
            throw new InvalidDataException("it is damaged (its checksum does not match).");
        }

        stream.Position = position;
    }

    public T Read<T>() where T : unmanaged
    {
        Span<T> value = stackalloc T[1];
        ReadExactly(value);
        return value[0];
    }

    /// <summary>Reads a number of bytes (int32), then that many bytes.</summary>
    public byte[] ReadBytes()
    {
        const int Most = 1 << 20;
        int length = Read<int>();
        if (length is < 0 or > Most)
        {
            throw new InvalidDataException($"it has a text of {length} bytes where at most {Most} are expected.");
        }

        byte[] bytes = new byte[length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    public void ReadExactly<T>(Span<T> values) where T : unmanaged
    {
        for (int start = 0; start < values.Length; start += Checksum.Slice)
        {
            stream.ReadExactly(MemoryMarshal.AsBytes(values.Slice(start, Math.Min(Checksum.Slice, values.Length - start))));
        }
    }
}
