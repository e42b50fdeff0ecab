using System.Buffers;
using System.IO.MemoryMappedFiles;

namespace ToolRM.Checkpoints;

/// <summary>
/// Read-only bytes of any length at a fixed address: a mapped file, pinned memory, or a resource of the assembly. Safe to
/// read from many threads; nothing may be reading when it is disposed.
/// </summary>
internal sealed unsafe class TensorMemory : IDisposable
{
    private readonly IDisposable _owner;
    private byte* _start;

    private TensorMemory(byte* start, long length, IDisposable owner)
    {
        _start = start;
        Length = length;
        _owner = owner;
    }

    /// <summary>Number of bytes.</summary>
    public long Length { get; }

    /// <summary>Maps a file; its pages are read when they are first touched.</summary>
    /// <exception cref="CheckpointException">The file cannot be opened, or is empty.</exception>
    public static TensorMemory Map(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            long length = stream.Length;
            if (length == 0)
            {
                throw new CheckpointException(path, "is empty");
            }

            using var file = MemoryMappedFile.CreateFromFile(
                stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            MemoryMappedViewAccessor view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
            byte* start = null;
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            return new TensorMemory(start + view.PointerOffset, length, new MappedView(view));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(path, $"cannot be read: {exception.Message}", null, exception);
        }
    }

    /// <summary>Pins bytes that are in memory.</summary>
    public static TensorMemory Pin(ReadOnlyMemory<byte> bytes)
    {
        MemoryHandle handle = bytes.Pin();
        return new TensorMemory((byte*)handle.Pointer, bytes.Length, handle);
    }

    /// <summary>The rest of a stream over memory, as <c>Assembly.GetManifestResourceStream</c> returns it; nothing is copied.</summary>
    /// <param name="stream">Owned by the result from now on.</param>
    public static TensorMemory From(UnmanagedMemoryStream stream) =>
        new(stream.PositionPointer, stream.Length - stream.Position, stream);

    /// <summary>Some of the bytes.</summary>
    public ReadOnlySpan<byte> Slice(long offset, int length)
    {
        ObjectDisposedException.ThrowIf(_start == null, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - length);
        return new ReadOnlySpan<byte>(_start + offset, length);
    }

    public void Dispose()
    {
        _start = null;
        _owner.Dispose();
    }

    /// <summary>A view with its pointer acquired.</summary>
    private sealed class MappedView(MemoryMappedViewAccessor view) : IDisposable
    {
        private bool _released;

        public void Dispose()
        {
            if (!_released)
            {
                _released = true;
                view.SafeMemoryMappedViewHandle.ReleasePointer();
                view.Dispose();
            }
        }
    }
}
