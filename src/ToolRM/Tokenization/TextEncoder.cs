using System.Buffers;
using System.Text.Unicode;
using ToolRM.Tokenization.Merging;
using ToolRM.Tokenization.Normalization;
using ToolRM.Tokenization.Splitting;

namespace ToolRM.Tokenization;

/// <summary>
/// Encodes texts for one thread at a time: added tokens, normalisation, splitting, merging. Holds the buffers and the
/// cache of words that make this cheap; the tokenizer lends it out.
/// </summary>
internal sealed class TextEncoder(EncodingPipeline pipeline) : IPieceSink
{
    private const int MaxBytesPerChar = 3;
    private const int ShortPiece = WordCache.MaxKeyLength * MaxBytesPerChar;

    private static readonly List<int> NoDestination = [];

    private readonly WordCache _cache = new();
    private readonly WordMerger _merger = new(pipeline.Model.Merges);
    private readonly NfcNormalizer _normalizer = new();
    private List<int> _destination = NoDestination;

    public void Encode(ReadOnlySpan<char> text, List<int> destination, bool matchAddedTokens)
    {
        _destination = destination;
        EncodeGiven(text, matchAddedTokens);
    }

    /// <summary>Prepares for the next text: lets go of the caller's list and of unusually large buffers.</summary>
    public void Reset()
    {
        _destination = NoDestination;
        _merger.Trim();
        _normalizer.Trim();
    }

    /// <summary>Receives the words.</summary>
    void IPieceSink.Add(ReadOnlySpan<char> piece)
    {
        if (piece.Length > WordCache.MaxKeyLength)
        {
            EncodeLong(piece);
            return;
        }

        uint hash = WordCache.Hash(piece);
        if (_cache.TryGet(piece, hash, out ReadOnlySpan<int> ids))
        {
            _destination.AddRange(ids);
        }
        else
        {
            EncodeNew(piece, hash);
        }
    }

    private void EncodeGiven(ReadOnlySpan<char> text, bool matchAddedTokens)
    {
        int done = 0;
        if (matchAddedTokens && pipeline.GivenTokens is { } tokens)
        {
            while (tokens.TryFind(text, done, out AddedTokenMatch match))
            {
                EncodeNormalized(Normalize(text[done..match.Start]), matchAddedTokens);
                _destination.Add(match.Id);
                done = match.End;
            }
        }

        EncodeNormalized(Normalize(text[done..]), matchAddedTokens);
    }

    private void EncodeNormalized(ReadOnlySpan<char> text, bool matchAddedTokens)
    {
        int done = 0;
        if (matchAddedTokens && pipeline.NormalizedTokens is { } tokens)
        {
            while (tokens.TryFind(text, done, out AddedTokenMatch match))
            {
                EncodePlain(text[done..match.Start]);
                _destination.Add(match.Id);
                done = match.End;
            }
        }

        EncodePlain(text[done..]);
    }

    private void EncodePlain(ReadOnlySpan<char> text)
    {
        if (!pipeline.AddsPrefixSpace || text.IsEmpty || text[0] == ' ')
        {
            pipeline.Splitter.Split(text, this);
            return;
        }

        char[] rented = ArrayPool<char>.Shared.Rent(text.Length + 1);
        rented[0] = ' ';
        text.CopyTo(rented.AsSpan(1));
        pipeline.Splitter.Split(rented.AsSpan(0, text.Length + 1), this);
        ArrayPool<char>.Shared.Return(rented);
    }

    private ReadOnlySpan<char> Normalize(ReadOnlySpan<char> text) => pipeline.NormalizesToNfc ? _normalizer.Normalize(text) : text;

    private void EncodeNew(ReadOnlySpan<char> piece, uint hash)
    {
        Span<byte> bytes = stackalloc byte[ShortPiece];
        Span<int> ids = stackalloc int[ShortPiece];
        ids = ids[..EncodeWord(piece, bytes, ids)];
        _cache.Add(piece, hash, ids);
        _destination.AddRange(ids);
    }

    private void EncodeLong(ReadOnlySpan<char> piece)
    {
        int length = checked(piece.Length * MaxBytesPerChar);
        byte[] bytes = ArrayPool<byte>.Shared.Rent(length);
        int[] ids = ArrayPool<int>.Shared.Rent(length);
        _destination.AddRange(ids.AsSpan(0, EncodeWord(piece, bytes, ids)));
        ArrayPool<byte>.Shared.Return(bytes);
        ArrayPool<int>.Shared.Return(ids);
    }

    private int EncodeWord(ReadOnlySpan<char> piece, Span<byte> bytes, Span<int> ids)
    {
        _ = Utf8.FromUtf16(piece, bytes, out _, out int written);
        return pipeline.Model.Encode(bytes[..written], ids, _merger);
    }
}
