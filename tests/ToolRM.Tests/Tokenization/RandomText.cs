using System.Text;

namespace ToolRM.Tests.Tokenization;

/// <summary>Seeded random texts that dwell on what split patterns and normalisation treat differently.</summary>
internal static class RandomText
{
    private static readonly string[] Atoms =
    [
        "a", "b", "e", "t", "the", "s", "A", "B", "HTTP", "'", "'s", "'S", "'ll", "'RE", "'v", "\u017F", "'\u017F", "0", "1", "42", "12345",
        " ", " ", "  ", "\t", "\r\n", "\n", "\r", "\v", "\f", "\u0085", "\u00A0", "\u2028", "\u3000", "\u200B", "\u180E", "\uFEFF",
        ".", ",", "\"", "{\"", "\":", "_", "-", "/", "<|x|>", "$", "+", "\u0001", "\u001C", "\u001F", "\u007F",
        "é", "ß", "Ä", "Я", "ж", "ǅ", "ʰ", "日", "本", "안", "ª", "\u1100", "\u1161", "\u11A8", "\u0301", "\u0323", "\u0903", "\u20DD",
        "٣", "Ⅷ", "½", "²", "\uE000", "\uFFFD", "\uFDD0",
        "👋", "🏽", "\u200D", "\U0001D400", "\U0001D41A", "\U00010400", "\U00010428", "\U00020000", "\U0001D7D8", "\U0001D165", "\U0001D57F",
        "\U000F0000", "\U000E0100", "\U0001F100",
    ];

    private static readonly string[] LoneSurrogates = ["\uD800", "\uDFFF", "\uDBFF"];

    /// <summary>A text of up to <paramref name="atoms"/> atoms; with lone surrogates if asked for.</summary>
    public static string Create(Random random, int atoms, bool invalid = false)
    {
        var text = new StringBuilder();
        for (int count = random.Next(atoms + 1); count > 0; count--)
        {
            string[] source = invalid && random.Next(12) == 0 ? LoneSurrogates : Atoms;
            string atom = source[random.Next(source.Length)];
            for (int repeat = random.Next(8) == 0 ? random.Next(2, 5) : 1; repeat > 0; repeat--)
            {
                text.Append(atom);
            }
        }

        return text.ToString();
    }
}
