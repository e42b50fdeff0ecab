using System.Text;
using ToolRM.Checkpoints;
using ToolRM.Tokenization.Json;

namespace ToolRM.Tokenization;

/// <summary>
/// A byte-level byte-pair encoding, read from a Hugging Face <c>tokenizer.json</c> as GPT-2, Llama 3, Qwen2, Qwen3 and
/// Mistral-Nemo have it, or learnt by <see cref="BpeTrainer"/>. Gives the ids Hugging Face tokenizers gives with
/// <c>add_special_tokens=False</c>: what the file's <c>post_processor</c> would add, callers write themselves. The
/// <c>truncation</c> and <c>padding</c> sections are ignored. Immutable and safe to call from many threads at once; keeps a
/// cache of words (at most about 2.5 MB) for each thread that calls at the same time.
/// </summary>
/// <remarks>
/// Every text can be encoded: a lone surrogate counts as U+FFFD. Decoding the ids of a text gives the text in the
/// tokenizer's normal form back. The split patterns of GPT-2, Llama 3, Qwen and <see cref="BpeTrainer"/> are scanned by
/// hand-written code; other patterns run as .NET regular expressions, an order of magnitude slower.
/// </remarks>
public sealed class BpeTokenizer : ITokenizer
{
    private readonly TokenizerDefinition _definition;
    private readonly EncodingPipeline _pipeline;
    private readonly TokenTexts _texts;
    private readonly Dictionary<string, int> _addedIds;
    private readonly TextEncoder?[] _encoders = new TextEncoder?[Environment.ProcessorCount];

    internal BpeTokenizer(TokenizerDefinition definition)
    {
        _definition = definition;
        _pipeline = new EncodingPipeline(definition);
        _texts = new TokenTexts(definition);
        _addedIds = definition.AddedTokens.ToDictionary(token => token.Content, token => token.Id);
    }

    /// <inheritdoc/>
    public int VocabularySize => _texts.Count;

    /// <summary>The tokens matched in the text as a whole, in the order of the file.</summary>
    public IReadOnlyList<AddedToken> AddedTokens => _definition.AddedTokens;

    /// <summary>Reads a <c>tokenizer.json</c> of at most 256 MiB.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="TokenizerFormatException">It is no byte-level BPE this library reads, or damaged.</exception>
    public static BpeTokenizer Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        return Load(stream);
    }

    /// <summary>Reads a <c>tokenizer.json</c> of at most 256 MiB from the stream's position to its end; leaves the stream open.</summary>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="TokenizerFormatException">It is no byte-level BPE this library reads, or damaged.</exception>
    public static BpeTokenizer Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var json = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            json.Write(buffer, 0, read);
            if (json.Length > TokenizerJsonReader.MaxBytes)
            {
                throw TokenizerJsonReader.TooLarge();
            }
        }

        return Load(json.GetBuffer().AsMemory(0, (int)json.Length));
    }

    /// <summary>Reads a <c>tokenizer.json</c> of at most 256 MiB.</summary>
    /// <param name="json">The file's content in UTF-8; not kept.</param>
    /// <exception cref="TokenizerFormatException">It is no byte-level BPE this library reads, or damaged.</exception>
    public static BpeTokenizer Load(ReadOnlyMemory<byte> json) => new(TokenizerJsonReader.Read(json));

    /// <summary>
    /// Writes a <c>tokenizer.json</c> that <see cref="Load(string)"/> and Hugging Face tokenizers read. An existing file is
    /// replaced only when the new one is complete.
    /// </summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <exception cref="CheckpointException">The file cannot be written: no such folder, no space, no permission.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, Save);
    }

    /// <summary>Writes a <c>tokenizer.json</c> to the stream and leaves it open.</summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        TokenizerJsonWriter.Write(_definition, stream);
    }

    /// <inheritdoc/>
    /// <exception cref="TokenizerFormatException">The file's own split pattern, a regular expression, did not end in time.</exception>
    public void Encode(ReadOnlySpan<char> text, List<int> destination, bool matchAddedTokens = true)
    {
        ArgumentNullException.ThrowIfNull(destination);
        TextEncoder encoder = Rent();
        encoder.Encode(text, destination, matchAddedTokens);
        Return(encoder);
    }

    /// <inheritdoc/>
    /// <remarks>Bytes that are no valid UTF-8 become U+FFFD. Added tokens are printed as they are written.</remarks>
    public string Decode(ReadOnlySpan<int> ids)
    {
        int length = 0;
        foreach (int id in ids)
        {
            length = checked(length + _texts[id].Length);
        }

        var bytes = new byte[length];
        Span<byte> rest = bytes;
        foreach (int id in ids)
        {
            ReadOnlySpan<byte> text = _texts[id];
            text.CopyTo(rest);
            rest = rest[text.Length..];
        }

        return Encoding.UTF8.GetString(bytes);
    }

    /// <inheritdoc/>
    public int? GetAddedTokenId(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return _addedIds.TryGetValue(token, out int id) ? id : null;
    }

    private TextEncoder Rent()
    {
        foreach (ref TextEncoder? kept in _encoders.AsSpan())
        {
            if (Interlocked.Exchange(ref kept, null) is { } encoder)
            {
                return encoder;
            }
        }

        return new TextEncoder(_pipeline);
    }

    /// <summary>An encoder that failed is not returned: it may hold half a word.</summary>
    private void Return(TextEncoder encoder)
    {
        encoder.Reset();
        foreach (ref TextEncoder? kept in _encoders.AsSpan())
        {
            if (Interlocked.CompareExchange(ref kept, encoder, null) is null)
            {
                return;
            }
        }
    }
}
