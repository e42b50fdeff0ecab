using System.Buffers;
using System.Text;

namespace ToolRM.MLTokenizers;

/// <summary>
/// Halves of surrogate pairs, which untrusted JSON can hold: kinds of tokenizers differ in what they do with them, up to bytes
/// that are no UTF-8.
/// </summary>
internal static class LoneSurrogates
{
    /// <summary>The text with each of them as U+FFFD; the text itself if it has none.</summary>
    public static ReadOnlySpan<char> Replace(ReadOnlySpan<char> text)
    {
        int position = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        if (position < 0)
        {
            return text;
        }

        char[]? replaced = null;
        while (position < text.Length)
        {
            bool isWhole = Rune.DecodeFromUtf16(text[position..], out _, out int length) == OperationStatus.Done;
            if (!isWhole)
            {
                replaced ??= text.ToArray();
                replaced[position] = (char)Rune.ReplacementChar.Value;
            }

            position += length;
        }

        return replaced ?? text;
    }
}
