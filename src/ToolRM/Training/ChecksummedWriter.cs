using System.Runtime.InteropServices;

namespace ToolRM.Training;

/// <summary>Writes numbers in the machine's byte order, and at the end the checksum of all that was written.</summary>
internal sealed class ChecksummedWriter(Stream stream)
{
    private readonly Checksum _checksum = new();

    public void Write<T>(T value) where T : unmanaged => Append(new ReadOnlySpan<T>(in value));

    /// <summary>Writes the number of bytes (int32), then the bytes.</summary>
    public void Write(byte[] bytes)
    {
        Write(bytes.Length);
        Append<byte>(bytes);
    }

    /// <summary>Writes the values without their number.</summary>
    public void Append<T>(ReadOnlySpan<T> values) where T : unmanaged
    {
        for (int start = 0; start < values.Length; start += Checksum.Slice)
        {
            ReadOnlySpan<T> slice = values.Slice(start, Math.Min(Checksum.Slice, values.Length - start));
            _checksum.Append(slice);
            stream.Write(MemoryMarshal.AsBytes(slice));
        }
    }

    public void WriteChecksum()
    {
        uint value = _checksum.Value;
        stream.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in value)));
    }
}
