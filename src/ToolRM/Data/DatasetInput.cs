using System.IO.Compression;

namespace ToolRM.Data;

/// <summary>An open dataset file or stream, decompressed if it is gzip.</summary>
internal sealed class DatasetInput : IAsyncDisposable
{
    /// <summary>The name of standard input.</summary>
    public const string StandardInput = "-";

    private readonly Stream _source;
    private readonly bool _ownsSource;

    private DatasetInput(string name, Stream source, Stream text, bool ownsSource)
    {
        Name = name;
        Text = text;
        _source = source;
        _ownsSource = ownsSource;
    }

    /// <summary>The name, for messages.</summary>
    public string Name { get; }

    /// <summary>The text.</summary>
    public Stream Text { get; }

    /// <summary>Bytes read from the file so far; 0 if that is not known.</summary>
    public long BytesRead => _source.CanSeek ? _source.Position : 0;

    /// <summary>Opens a file; <c>-</c> is standard input.</summary>
    /// <exception cref="DatasetException">There is no such file, or it may not be read.</exception>
    public static DatasetInput Open(string path)
    {
        if (path == StandardInput)
        {
            return From(Console.OpenStandardInput(), "<stdin>", ownsSource: true);
        }

        try
        {
            var options = new FileStreamOptions { Options = FileOptions.SequentialScan | FileOptions.Asynchronous };
            return From(new FileStream(path, options), path, ownsSource: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string reason = File.Exists(path) || Directory.Exists(path) ? $"cannot be read ({error.Message})" : "there is no such file";
            throw new DatasetException(path, 0, null, reason, error);
        }
    }

    /// <summary>Wraps a stream. Only a stream that can seek is looked at for gzip's signature.</summary>
    public static DatasetInput From(Stream source, string name, bool ownsSource)
    {
        Stream text = IsGzip(source) ? new GZipStream(source, CompressionMode.Decompress, leaveOpen: true) : source;
        return new DatasetInput(name, source, text, ownsSource);
    }

    /// <summary>The size of a file; <see langword="null"/> if it has none (a pipe) or cannot be found.</summary>
    public static long? SizeOf(string path)
    {
        var file = new FileInfo(path);
        return path != StandardInput && file.Exists && file.Length > 0 ? file.Length : null;
    }

    public async ValueTask DisposeAsync()
    {
        if (Text != _source)
        {
            await Text.DisposeAsync().ConfigureAwait(false);
        }

        if (_ownsSource)
        {
            await _source.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static bool IsGzip(Stream source)
    {
        if (!source.CanSeek)
        {
            return false;
        }

        long start = source.Position;
        bool isGzip = source.ReadByte() == 0x1F && source.ReadByte() == 0x8B;
        source.Position = start;
        return isGzip;
    }
}
