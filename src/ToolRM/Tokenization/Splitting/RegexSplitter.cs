using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ToolRM.Tokenization.Splitting;

/// <summary>
/// Splits by any pattern .NET understands; much slower than a scanner. Patterns of <c>tokenizer.json</c> speak of code
/// points and .NET of UTF-16 units, so a text with surrogate pairs is matched in a stand-in that has one character of the
/// same general category for each pair. This is exact unless a pattern names single characters beyond the basic plane;
/// such a pattern is matched on the text itself.
/// </summary>
internal sealed class RegexSplitter : Splitter
{
    /// <summary>One match over ordinary text takes microseconds: this only stops patterns that backtrack without end.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private static readonly char[] StandIns = BuildStandIns();

    private readonly Regex _regex;
    private readonly PieceSelection _kept;
    private readonly bool _namesSurrogates;

    public RegexSplitter(string pattern, PieceSelection kept)
    {
        try
        {
            _regex = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.Compiled, Timeout);
        }
        catch (ArgumentException error)
        {
            throw new TokenizerFormatException(
                $"The tokenizer's split pattern is not a regular expression that .NET understands: {error.Message} "
                + "Supported are patterns in the common syntax (classes, \\p{..} categories, look-ahead); rewrite the pattern.",
                error);
        }

        _kept = kept;
        _namesSurrogates = pattern.Any(char.IsSurrogate);
    }

    public override void Split(ReadOnlySpan<char> text, IPieceSink sink)
    {
        if (_namesSurrogates || text.IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
        {
            Split(text, text, sink);
            return;
        }

        char[] standIn = ArrayPool<char>.Shared.Rent(text.Length);
        try
        {
            Split(text, standIn.AsSpan(0, WriteStandIn(text, standIn)), sink);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(standIn);
        }
    }

    /// <summary>Matches in the stand-in, which has as many code points as the text, each of one char.</summary>
    private void Split(ReadOnlySpan<char> text, ReadOnlySpan<char> standIn, IPieceSink sink)
    {
        int position = 0, start = 0;
        try
        {
            foreach (ValueMatch match in _regex.EnumerateMatches(standIn))
            {
                if (match.Length > 0)
                {
                    Emit(text, ref start, match.Index - position, _kept != PieceSelection.Matches, sink);
                    Emit(text, ref start, match.Length, _kept != PieceSelection.Gaps, sink);
                    position = match.Index + match.Length;
                }
            }
        }
        catch (RegexMatchTimeoutException error)
        {
            throw new TokenizerFormatException(
                $"The tokenizer's split pattern took longer than {Timeout.TotalSeconds:0} s on one match: the text or the pattern is hostile.",
                error);
        }

        Emit(text, ref start, standIn.Length - position, _kept != PieceSelection.Matches, sink);
    }

    private void Emit(ReadOnlySpan<char> text, ref int start, int codePoints, bool kept, IPieceSink sink)
    {
        int end = start;
        for (; codePoints > 0; codePoints--)
        {
            bool pair = !_namesSurrogates && char.IsHighSurrogate(text[end]) && end + 1 < text.Length && char.IsLowSurrogate(text[end + 1]);
            end += pair ? 2 : 1;
        }

        if (kept && end > start)
        {
            sink.Add(text[start..end]);
        }

        start = end;
    }

    private static int WriteStandIn(ReadOnlySpan<char> text, Span<char> standIn)
    {
        int count = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            standIn[count++] = rune.IsBmp ? (char)rune.Value : StandIns[(int)Rune.GetUnicodeCategory(rune)];
        }

        return count;
    }

    /// <summary>
    /// For each category the last character of the basic plane that has it: far from the scripts that patterns name. There
    /// is none of category surrogate in valid text; other categories all exist.
    /// </summary>
    private static char[] BuildStandIns()
    {
        var standIns = new char[(int)UnicodeCategory.OtherNotAssigned + 1];
        for (int value = 0; value <= char.MaxValue; value++)
        {
            standIns[(int)CharUnicodeInfo.GetUnicodeCategory((char)value)] = (char)value;
        }

        return standIns;
    }
}
