using System.Globalization;

namespace ToolRM.Verification.Text;

/// <summary>Whole numbers in ASCII digits.</summary>
internal static class Digits
{
    /// <summary>The number that a text of one to nine digits is; <see langword="null"/> for any other text.</summary>
    public static int? Read(ReadOnlySpan<char> text) =>
        text.Length is >= 1 and <= 9 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;

    /// <summary>Number of digits that a text begins with.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        int other = text.IndexOfAnyExceptInRange('0', '9');
        return other < 0 ? text.Length : other;
    }
}
