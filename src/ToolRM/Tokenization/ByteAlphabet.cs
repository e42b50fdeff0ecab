using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ToolRM.Tokenization;

/// <summary>
/// The printable characters that stand for bytes in byte-level vocabularies: the visible Latin-1 characters stand for
/// themselves, the other 68 bytes for U+0100 and following, in the order of the bytes (GPT-2's convention).
/// </summary>
internal static class ByteAlphabet
{
    private const int AlphabetEnd = 0x100 + 68;
    private static readonly char[] Chars = BuildChars();
    private static readonly short[] Bytes = BuildBytes();

    public static char ToChar(byte value) => Chars[value];

    /// <summary>The text of a token made of <paramref name="bytes"/>.</summary>
    public static string ToText(ReadOnlySpan<byte> bytes)
    {
        var text = new char[bytes.Length];
        ToText(bytes, text);
        return new string(text);
    }

    /// <summary>As the other overload, into a buffer of at least the same length.</summary>
    public static void ToText(ReadOnlySpan<byte> bytes, Span<char> text)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            text[i] = Chars[bytes[i]];
        }
    }

    /// <summary>
    /// The bytes a token's text stands for. A text with a character outside the alphabet (some converted vocabularies keep
    /// control tokens so) stands for its own UTF-8 bytes, as the Hugging Face decoder has it.
    /// </summary>
    public static byte[] ToBytes(string text) => TryToBytes(text, out byte[]? bytes) ? bytes : Encoding.UTF8.GetBytes(text);

    private static bool TryToBytes(string text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = new byte[text.Length];
        for (int i = 0; i < text.Length; i++)
        {
            char symbol = text[i];
            if (symbol >= AlphabetEnd || Bytes[symbol] < 0)
            {
                bytes = null;
                return false;
            }

            bytes[i] = (byte)Bytes[symbol];
        }

        return true;
    }

    private static char[] BuildChars()
    {
        var chars = new char[256];
        char next = '\u0100';
        for (int value = 0; value < chars.Length; value++)
        {
            bool visible = value is (>= 0x21 and <= 0x7E) or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            chars[value] = visible ? (char)value : next++;
        }

        return chars;
    }

    private static short[] BuildBytes()
    {
        var bytes = new short[AlphabetEnd];
        Array.Fill(bytes, (short)-1);
        for (int value = 0; value < Chars.Length; value++)
        {
            bytes[Chars[value]] = (short)value;
        }

        return bytes;
    }
}
