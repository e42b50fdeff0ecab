using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace ToolRM.Tokenization;

/// <summary>Finds added tokens in a text: the leftmost, and of those that start there the longest. Immutable.</summary>
internal sealed class AddedTokenMatcher
{
    private const int Root = 0;

    /// <summary>A trie: node and char to node.</summary>
    private readonly Dictionary<long, int> _children = [];

    /// <summary>By node, the token that ends there.</summary>
    private readonly List<AddedToken?> _ends = [null];

    private readonly SearchValues<char> _firstChars;

    /// <param name="tokens">The tokens with the texts to find them by.</param>
    public AddedTokenMatcher(IEnumerable<(AddedToken Token, string Text)> tokens)
    {
        var firstChars = new HashSet<char>();
        foreach ((AddedToken token, string text) in tokens)
        {
            _ = firstChars.Add(text[0]);
            int node = Root;
            foreach (char next in text)
            {
                if (!_children.TryGetValue(Edge(node, next), out int child))
                {
                    child = _ends.Count;
                    _children.Add(Edge(node, next), child);
                    _ends.Add(null);
                }

                node = child;
            }

            _ends[node] = token;
        }

        _firstChars = SearchValues.Create([.. firstChars]);
    }

    /// <summary>Finds the next token from <paramref name="from"/> on.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where the last match ended; whitespace before it is not swallowed again.</param>
    /// <param name="match">The token's id and its place, with the whitespace it swallows.</param>
    public bool TryFind(ReadOnlySpan<char> text, int from, out AddedTokenMatch match)
    {
        for (int position = from; position < text.Length;)
        {
            int offset = text[position..].IndexOfAny(_firstChars);
            if (offset < 0)
            {
                break;
            }

            position += offset;
            if (!TryMatch(text[position..], out AddedToken? token, out int length))
            {
                position++;
                continue;
            }

            int end = position + length;
            if (token.IsSingleWord && (EndsWithWord(text[..position]) || StartsWithWord(text[end..])))
            {
                position = end;
                continue;
            }

            int start = token.StripsLeft ? from + text[from..position].TrimEnd().Length : position;
            end = token.StripsRight ? text.Length - text[end..].TrimStart().Length : end;
            match = new AddedTokenMatch(token.Id, start, end);
            return true;
        }

        match = default;
        return false;
    }

    private bool TryMatch(ReadOnlySpan<char> text, [NotNullWhen(true)] out AddedToken? token, out int length)
    {
        token = null;
        length = 0;
        int node = Root;
        for (int i = 0; i < text.Length && _children.TryGetValue(Edge(node, text[i]), out node); i++)
        {
            if (_ends[node] is { } end)
            {
                token = end;
                length = i + 1;
            }
        }

        return token is not null;
    }

    private static long Edge(int node, char next) => ((long)node << 16) | next;

    private static bool EndsWithWord(ReadOnlySpan<char> text) =>
        Rune.DecodeLastFromUtf16(text, out Rune rune, out _) == OperationStatus.Done && IsWord(rune);

    private static bool StartsWithWord(ReadOnlySpan<char> text) =>
        Rune.DecodeFromUtf16(text, out Rune rune, out _) == OperationStatus.Done && IsWord(rune);

    /// <summary>The class <c>\w</c> of Unicode regular expressions.</summary>
    private static bool IsWord(Rune rune) => Rune.IsLetter(rune) || rune.Value is 0x200C or 0x200D || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.ConnectorPunctuation;
}
