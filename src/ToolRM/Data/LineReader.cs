namespace ToolRM.Data;

/// <summary>Splits a stream into lines of bytes, holding no more than one line in memory.</summary>
internal sealed class LineReader(Stream stream, int maxLineBytes)
{
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _isAtEnd;

    /// <summary>Number of the current line, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The current line without its line feed, valid until the next is read; empty if it is too long.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Whether the current line is longer than the limit.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Reads the next line; <see langword="false"/> at the end.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        IsTooLong = false;
        int scanned = _start;
        while (true)
        {
            int length = _buffer.AsSpan(scanned, _end - scanned).IndexOf((byte)'\n');
            if (length >= 0)
            {
                Take(scanned + length);
                _start = scanned + length + 1;
                return true;
            }

            if (_isAtEnd)
            {
                bool isLine = _end > _start || IsTooLong;
                Take(_end);
                _start = _end;
                return isLine;
            }

            if (_end - _start > maxLineBytes)
            {
                IsTooLong = true;
                _start = _end;
            }

            MakeRoom();
            scanned = _end;
            int read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            _end += read;
            _isAtEnd = read == 0;
        }
    }

    private void Take(int end)
    {
        Number++;
        IsTooLong |= end - _start > maxLineBytes;
        Line = IsTooLong ? default : _buffer.AsMemory(_start, end - _start);
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, checked(_buffer.Length * 2));
        }
    }
}
