using System.Text;
using ToolRM.Tokenization.Json;

namespace ToolRM.Tokenization;

/// <summary>The bytes each token stands for, in one array. Immutable, safe for many threads.</summary>
internal sealed class TokenTexts
{
    /// <summary>Where the bytes of a token are; a negative length marks an id that is not in use.</summary>
    private readonly (int Start, int Length)[] _places;

    private readonly byte[] _bytes;

    public TokenTexts(TokenizerDefinition definition)
    {
        int size = Math.Max(definition.Tokens.Count, definition.AddedTokens.Select(token => token.Id + 1).DefaultIfEmpty(0).Max());
        _places = new (int, int)[size];
        Array.Fill(_places, (0, -1));

        using var bytes = new MemoryStream();
        for (int id = 0; id < definition.Tokens.Count; id++)
        {
            if (definition.Tokens[id] is { } token)
            {
                Append(id, ByteAlphabet.ToBytes(token));
            }
        }

        foreach (AddedToken token in definition.AddedTokens)
        {
            Append(token.Id, Encoding.UTF8.GetBytes(token.Content));
        }

        _bytes = bytes.ToArray();

        void Append(int id, byte[] text)
        {
            _places[id] = ((int)bytes.Length, text.Length);
            bytes.Write(text);
        }
    }

    /// <summary>One more than the largest id.</summary>
    public int Count => _places.Length;

    /// <exception cref="ArgumentOutOfRangeException">The id is not in use.</exception>
    public ReadOnlySpan<byte> this[int id]
    {
        get
        {
            if ((uint)id >= (uint)_places.Length || _places[id].Length < 0)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(id), id, $"There is no token {id}: the vocabulary has ids below {_places.Length}.");
            }

            return _bytes.AsSpan(_places[id].Start, _places[id].Length);
        }
    }
}
