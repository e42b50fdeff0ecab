using System.Runtime.InteropServices;

namespace ToolRM.Engines.Cpu;

/// <summary>Unmanaged float memory on 64-byte lines, zero at first, that only ever grows.</summary>
/// <remarks>
/// A few spare lines follow the requested length, so that a tile may read (never write) past the last row.
/// </remarks>
internal sealed unsafe class AlignedBuffer : IDisposable
{
    private const int Alignment = 64;
    private const int SpareValues = 64;
    private long _length;

    public AlignedBuffer(long length = 0) => Ensure(length);

    ~AlignedBuffer() => Release();

    /// <summary>The first value; null before the first <see cref="Ensure"/>.</summary>
    public float* Pointer { get; private set; }

    /// <summary>Makes room for <paramref name="length"/> values. The content is lost (zero) when the memory has to grow.</summary>
    /// <returns>The first value.</returns>
    public float* Ensure(long length)
    {
        if (length > _length)
        {
            Release();
            var bytes = checked((nuint)((length + SpareValues) * sizeof(float)));
            Pointer = (float*)NativeMemory.AlignedAlloc(bytes, Alignment);
            NativeMemory.Clear(Pointer, bytes);
            GC.AddMemoryPressure((long)bytes);
            _length = length;
        }

        return Pointer;
    }

    /// <summary>Sets the first <paramref name="length"/> values to zero.</summary>
    public void Clear(long length) => NativeMemory.Clear(Pointer, (nuint)(length * sizeof(float)));

    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private void Release()
    {
        if (Pointer != null)
        {
            NativeMemory.AlignedFree(Pointer);
            GC.RemoveMemoryPressure((_length + SpareValues) * sizeof(float));
            Pointer = null;
            _length = 0;
        }
    }
}
