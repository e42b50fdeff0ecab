using System.Text;

namespace ToolRM.MLTokenizers.Tests;

/// <summary>Texts that both libraries must give the same ids, and how to print them.</summary>
internal static class Texts
{
    /// <summary>.NET's regular expressions take letters and digits beyond the basic plane for two symbols.</summary>
    public static bool IsSplitAlike(string text) =>
        !text.EnumerateRunes().Any(rune => !rune.IsBmp && (Rune.IsLetter(rune) || Rune.IsNumber(rune)));

    public static string Escape(string text) =>
        string.Concat(text.Select(c => c is >= ' ' and < '\u007F' ? c.ToString() : FormattableString.Invariant($"\\u{(int)c:X4}")));
}
