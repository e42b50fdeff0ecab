using System.Globalization;
using ToolRM.Verification.Tables;

namespace ToolRM.Verification.Text;

/// <summary>What the scanner of words knows of single characters.</summary>
internal static class Letters
{
    private const char LastFolded = '\u1EFF';
    private static readonly char[] _folded = ReadFolded();

    /// <summary>The character in lower case (invariant) and without its accent.</summary>
    public static char Fold(char c)
    {
        if (char.IsAscii(c))
        {
            return char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
        }

        char lower = char.ToLowerInvariant(c);
        return lower <= LastFolded ? _folded[lower] : lower;
    }

    /// <summary>Whether a word may begin with the character.</summary>
    public static bool IsWord(char c) => char.IsAscii(c) ? char.IsAsciiLetterOrDigit(c) : char.IsLetterOrDigit(c);

    /// <summary>Whether it is an accent that follows its letter; words leave it out.</summary>
    public static bool IsAccent(char c) => c is >= '\u0300' and <= '\u036F';

    /// <summary>Whether it is a mark that belongs to the letter before it.</summary>
    public static bool IsMark(char c) => !char.IsAscii(c)
        && char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Whether it is of a script without spaces, or one that glues particles to nouns: each letter counts as a word.</summary>
    public static bool IsUnspaced(char c) => c >= '\u0E00' && c is
        (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u4DBF') or (>= '\u4E00' and <= '\u9FFF') // kana, Han
        or (>= '\uAC00' and <= '\uD7A3') or (>= '\uF900' and <= '\uFAFF') // Hangul, compatible Han
        or (>= '\u0E00' and <= '\u0EFF') or (>= '\u1000' and <= '\u109F') or (>= '\u1780' and <= '\u17FF'); // Thai, Lao, Burmese, Khmer

    private static char[] ReadFolded()
    {
        var folded = new char[LastFolded + 1];
        for (int i = 0; i < folded.Length; i++)
        {
            folded[i] = (char)i;
        }

        foreach (string line in TableFile.Read("accents.txt"))
        {
            foreach (char accented in line.AsSpan(2))
            {
                folded[accented] = line[0];
            }
        }

        return folded;
    }
}
