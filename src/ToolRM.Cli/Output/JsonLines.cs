using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ToolRM.Cli.Output;

/// <summary>Writes JSON objects, one a line. Numbers are written with as many digits as read back to the same value.</summary>
internal sealed class JsonLines(Stream stream)
{
    // The output is a file or another program's input, not HTML: text in any script stays readable.
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>Adds an object, which stays in memory until <see cref="Flush"/>.</summary>
    /// <param name="write">Writes the object's properties.</param>
    public void Add(Action<Utf8JsonWriter> write)
    {
        using (var writer = new Utf8JsonWriter(_buffer, _options))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        _buffer.Write("\n"u8);
    }

    /// <summary>Writes what was added to the stream.</summary>
    public void Flush()
    {
        stream.Write(_buffer.WrittenSpan);
        stream.Flush();
        _buffer.ResetWrittenCount();
    }
}
