using static ToolRM.Tokenization.Splitting.CharacterClasses;

namespace ToolRM.Tokenization.Splitting;

/// <summary>
/// <see cref="SplitPatterns.Identifiers"/>: words are cut at changes of case, so that <c>getJournalistById</c>,
/// <c>journalist_id</c> and prose are made of the same pieces; numbers in pairs of digits.
/// </summary>
internal sealed class IdentifierSplitter : ScanningSplitter
{
    private const int Digits = 2;

    public static IdentifierSplitter Instance { get; } = new();

    protected override int FindEnd(ReadOnlySpan<char> text, int start)
    {
        int first = text[start] == ' ' ? start + 1 : start;
        byte found = Of(text, first, out int width);
        if ((found & Upper) != 0)
        {
            return FindEndOfCapitalised(text, first, first + width);
        }

        if ((found & (Lower | Mark)) != 0)
        {
            return Skip(text, first + width, Lower | Mark);
        }

        if ((found & Other) != 0)
        {
            return Skip(text, first + width, Other);
        }

        return first == start && (found & Number) != 0
            ? Skip(text, start, Number, Digits)
            : FindEndOfSpace(text, start, newLines: true);
    }

    /// <summary>The end of a capitalised word, or of a run of capitals without the one that starts the next word.</summary>
    private static int FindEndOfCapitalised(ReadOnlySpan<char> text, int first, int second)
    {
        int end = Skip(text, second, Lower | Mark);
        if (end > second)
        {
            return end;
        }

        end = Skip(text, second, Upper);
        if (end > second && (Of(text, end, out _) & (Lower | Mark)) != 0)
        {
            end -= char.IsLowSurrogate(text[end - 1]) ? 2 : 1;
        }

        return end;
    }
}
