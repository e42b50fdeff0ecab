using System.Buffers;
using System.IO.MemoryMappedFiles;

namespace ToolRM.Checkpoints;

/// <summary>
/// Read-only bytes of any length: a mapped file, pinned memory, or a resource of the assembly. Safe to read from many
/// threads; nothing may be reading when it is disposed.
/// </summary>
/// <remarks>A file is mapped window by window, so that what has been read does not stay in the process's memory.</remarks>
internal sealed unsafe class TensorMemory : IDisposable
{
    private readonly IDisposable _owner;
    private readonly MemoryMappedFile? _file;
    private readonly byte* _start;
    private bool _disposed;

    private TensorMemory(IDisposable owner, long length, byte* start, MemoryMappedFile? file = null)
    {
        _owner = owner;
        Length = length;
        _start = start;
        _file = file;
    }

    /// <summary>Number of bytes.</summary>
    public long Length { get; }

    /// <summary>Maps a file; its pages are read when they are first touched.</summary>
    /// <exception cref="CheckpointException">The file cannot be opened, or is empty.</exception>
    public static TensorMemory Map(string path)
    {
        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            try
            {
                long length = stream.Length;
                if (length == 0)
                {
                    throw new CheckpointException(path, "is empty");
                }

                var file = MemoryMappedFile.CreateFromFile(
                    stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
                return new TensorMemory(file, length, null, file);
            }
            catch
            {
                stream.Dispose();
                throw;
            }
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
        return new TensorMemory(handle, bytes.Length, (byte*)handle.Pointer);
    }

    /// <summary>The rest of a stream over memory, as <c>Assembly.GetManifestResourceStream</c> returns it; nothing is copied.</summary>
    /// <param name="stream">Owned by the result from now on.</param>
    public static TensorMemory From(UnmanagedMemoryStream stream) =>
        new(stream, stream.Length - stream.Position, stream.PositionPointer);

    /// <summary>Opens some of the bytes for reading.</summary>
    public Window Open(long offset, int length)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - length);

        // A mapped view of length 0 would be the rest of the file.
        return _file is null || length == 0
            ? new Window(null, _start == null ? default : new ReadOnlySpan<byte>(_start + offset, length))
            : Window.Of(_file.CreateViewAccessor(offset, length, MemoryMappedFileAccess.Read), length);
    }

    public void Dispose()
    {
        _disposed = true;
        _owner.Dispose();
    }

    /// <summary>Bytes that can be read until it is disposed.</summary>
    internal readonly ref struct Window(MemoryMappedViewAccessor? view, ReadOnlySpan<byte> bytes)
    {
        private readonly MemoryMappedViewAccessor? _view = view;

        public ReadOnlySpan<byte> Bytes { get; } = bytes;

        public static Window Of(MemoryMappedViewAccessor view, int length)
        {
            byte* start = null;
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            return new Window(view, new ReadOnlySpan<byte>(start + view.PointerOffset, length));
        }

        public void Dispose()
        {
            _view?.SafeMemoryMappedViewHandle.ReleasePointer();
            _view?.Dispose();
        }
    }
}
