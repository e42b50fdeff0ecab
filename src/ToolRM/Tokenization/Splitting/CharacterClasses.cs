using System.Globalization;
using System.Text;

namespace ToolRM.Tokenization.Splitting;

/// <summary>
/// The classes that split patterns speak of, as bits so that a mask names several. A table for the basic plane; code
/// points beyond it are surrogate pairs, classified by their own category, as patterns over code points have it.
/// </summary>
internal static class CharacterClasses
{
    /// <summary><c>\p{Lu}\p{Lt}</c></summary>
    public const byte Upper = 1;

    /// <summary><c>\p{Ll}\p{Lm}\p{Lo}</c></summary>
    public const byte Lower = 2;

    /// <summary><c>\p{M}</c></summary>
    public const byte Mark = 4;

    /// <summary><c>\p{N}</c></summary>
    public const byte Number = 8;

    /// <summary><c>\s</c> without <see cref="NewLine"/></summary>
    public const byte Blank = 16;

    /// <summary><c>[\r\n]</c></summary>
    public const byte NewLine = 32;

    /// <summary>Everything else, lone surrogates included</summary>
    public const byte Other = 64;

    /// <summary><c>\p{L}</c></summary>
    public const byte Letter = Upper | Lower;

    /// <summary><c>\s</c></summary>
    public const byte Space = Blank | NewLine;

    /// <summary>Only in the table: look at the whole code point.</summary>
    private const byte Surrogate = 128;

    private static readonly byte[] Table = BuildTable();

    /// <summary>The class of the code point at <paramref name="index"/> and its length in chars; 0 and 0 at the end of the text.</summary>
    public static byte Of(ReadOnlySpan<char> text, int index, out int width)
    {
        if ((uint)index >= (uint)text.Length)
        {
            width = 0;
            return 0;
        }

        byte found = Table[text[index]];
        if (found != Surrogate)
        {
            width = 1;
            return found;
        }

        // Invalid sequences give U+FFFD with a width of 1: class Other.
        _ = Rune.DecodeFromUtf16(text[index..], out Rune rune, out width);
        return OfCategory(Rune.GetUnicodeCategory(rune));
    }

    /// <summary>The first index from the given one on whose code point is in none of the classes of <paramref name="mask"/>.</summary>
    public static int Skip(ReadOnlySpan<char> text, int index, byte mask)
    {
        byte[] table = Table;
        while ((uint)index < (uint)text.Length)
        {
            byte found = table[text[index]];
            if ((found & mask) != 0)
            {
                index++;
                continue;
            }

            if (found != Surrogate || (Of(text, index, out int width) & mask) == 0)
            {
                break;
            }

            index += width;
        }

        return index;
    }

    /// <summary>As <see cref="Skip(ReadOnlySpan{char}, int, byte)"/>, over at most <paramref name="limit"/> code points.</summary>
    public static int Skip(ReadOnlySpan<char> text, int index, byte mask, int limit)
    {
        for (; limit > 0 && (Of(text, index, out int width) & mask) != 0; limit--)
        {
            index += width;
        }

        return index;
    }

    private static byte OfCategory(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter => Upper,
        UnicodeCategory.LowercaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => Lower,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => Mark,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Number,
        _ => Other,
    };

    private static byte[] BuildTable()
    {
        var table = new byte[char.MaxValue + 1];
        for (int value = 0; value < table.Length; value++)
        {
            char character = (char)value;
            table[value] =
                character is '\r' or '\n' ? NewLine
                : char.IsWhiteSpace(character) ? Blank
                : char.IsSurrogate(character) ? Surrogate
                : OfCategory(CharUnicodeInfo.GetUnicodeCategory(character));
        }

        return table;
    }
}
