namespace ToolRM.Cli.Input;

/// <summary>Standard input whose reads can be cancelled: a read that waits for a person or a pipe is then left behind.</summary>
internal sealed class InterruptibleStream(Stream source) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // A buffer of its own: the read that is left behind must not write into memory that is in use again.
        byte[] bytes = new byte[buffer.Length];
        int read = await Task.Run(() => source.Read(bytes), cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        bytes.AsSpan(0, read).CopyTo(buffer.Span);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => source.Read(buffer, offset, count);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
