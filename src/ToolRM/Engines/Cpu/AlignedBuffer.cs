using System.Runtime.InteropServices;

namespace ToolRM.Engines.Cpu;

/// <summary>Unmanaged float memory on 64-byte lines, zero at first, that only ever grows.</summary>
/// <remarks>
/// A few spare lines follow the requested length, so that a tile may read (never write) past the last row. The system
/// gives pages of zeros when they are first touched, so memory that is never used costs nothing.
/// </remarks>
internal sealed unsafe class AlignedBuffer : IDisposable
{
    private const int Alignment = 64;
    private const int SpareValues = 64;
    private long _length;
    private void* _block;

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
            _block = NativeMemory.AllocZeroed(Bytes(length));
            Pointer = (float*)(((nuint)_block + Alignment - 1) & ~(nuint)(Alignment - 1));
            GC.AddMemoryPressure((long)Bytes(length));
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

    private static nuint Bytes(long length) => checked((nuint)(((length + SpareValues) * sizeof(float)) + Alignment));

    private void Release()
    {
        if (_block != null)
        {
            NativeMemory.Free(_block);
            GC.RemoveMemoryPressure((long)Bytes(_length));
            _block = null;
            Pointer = null;
            _length = 0;
        }
    }
}
