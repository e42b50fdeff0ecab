using System.Buffers;
using ToolRM.Tokenization.Json;

namespace ToolRM.Tokenization.Merging;

/// <summary>The merges of a byte-level BPE over the bytes of a word. Immutable, safe for many threads.</summary>
internal sealed class BpeModel
{
    /// <summary>Words up to this many bytes are looked up without renting a buffer.</summary>
    private const int StackLength = 256;

    private readonly int[] _byteIds = new int[256];
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>>? _wholeWords;

    /// <exception cref="TokenizerFormatException">A byte has no token.</exception>
    public BpeModel(TokenizerDefinition definition)
    {
        var ids = new Dictionary<string, int>(definition.Tokens.Count);
        for (int id = 0; id < definition.Tokens.Count; id++)
        {
            if (definition.Tokens[id] is { } token)
            {
                ids.Add(token, id);
            }
        }

        var lookup = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        FindBytes(lookup);
        _wholeWords = definition.IgnoresMerges ? lookup : null;
        Merges = new MergeTable(definition.Merges, FindMade(definition, lookup));
    }

    public MergeTable Merges { get; }

    /// <summary>Writes the ids of a word to <paramref name="ids"/>, which is at least as long as the word, and returns their number.</summary>
    public int Encode(ReadOnlySpan<byte> word, Span<int> ids, WordMerger merger)
    {
        if (_wholeWords is { } words && TryFindWhole(word, words, out ids[0]))
        {
            return 1;
        }

        for (int i = 0; i < word.Length; i++)
        {
            ids[i] = _byteIds[word[i]];
        }

        return merger.Merge(ids[..word.Length]);
    }

    private static bool TryFindWhole(ReadOnlySpan<byte> word, Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> words, out int id)
    {
        if (word.Length > StackLength)
        {
            char[] rented = ArrayPool<char>.Shared.Rent(word.Length);
            ByteAlphabet.ToText(word, rented);
            bool found = words.TryGetValue(rented.AsSpan(0, word.Length), out id);
            ArrayPool<char>.Shared.Return(rented);
            return found;
        }

        Span<char> text = stackalloc char[StackLength];
        ByteAlphabet.ToText(word, text);
        return words.TryGetValue(text[..word.Length], out id);
    }

    private static int[] FindMade(TokenizerDefinition definition, Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> ids)
    {
        var made = new int[definition.Merges.Count];
        for (int rank = 0; rank < made.Length; rank++)
        {
            (int left, int right) = definition.Merges[rank];
            made[rank] = ids[$"{definition.Tokens[left]}{definition.Tokens[right]}"];
        }

        return made;
    }

    private void FindBytes(Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> ids)
    {
        var missing = new List<string>();
        for (int value = 0; value < _byteIds.Length; value++)
        {
            char symbol = ByteAlphabet.ToChar((byte)value);
            if (!ids.TryGetValue([symbol], out _byteIds[value]) && !NeverInUtf8(value))
            {
                missing.Add($"0x{value:X2}");
            }
        }

        if (missing.Count > 0)
        {
            throw new TokenizerFormatException(
                $"The tokenizer's vocabulary lacks the tokens of {missing.Count} single bytes ({string.Join(", ", missing.Take(5))}"
                + $"{(missing.Count > 5 ? ", ..." : "")}), so that it could not encode every text; a byte-level BPE has all 256.");
        }
    }

    private static bool NeverInUtf8(int value) => value is 0xC0 or 0xC1 or >= 0xF5;
}
