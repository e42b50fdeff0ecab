using System.Numerics;
using System.Runtime.InteropServices;

namespace ToolRM.Training;

/// <summary>CRC-32C (Castagnoli) of a sequence of bytes, by the processor's instruction where it has one.</summary>
internal sealed class Checksum
{
    /// <summary>Values that are handled at once: a span of bytes cannot hold the largest arrays of floats.</summary>
    public const int Slice = 1 << 20;

    private uint _crc = uint.MaxValue;

    public uint Value => ~_crc;

    public void Append<T>(ReadOnlySpan<T> values) where T : unmanaged
    {
        for (; values.Length > Slice; values = values[Slice..])
        {
            AppendBytes(MemoryMarshal.AsBytes(values[..Slice]));
        }

        AppendBytes(MemoryMarshal.AsBytes(values));
    }

    private void AppendBytes(ReadOnlySpan<byte> bytes)
    {
        uint crc = _crc;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (byte rest in bytes[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, rest);
        }

        _crc = crc;
    }
}
