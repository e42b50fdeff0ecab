using System.Buffers;
using System.Collections.Frozen;
using ToolRM.Verification.Tables;

namespace ToolRM.Verification.Text;

/// <summary>Small words that change what is asked: negations, and signs of several things.</summary>
internal static class Cues
{
    private static readonly FrozenSet<string> _lists = TableFile.ReadWords("list_cues.txt").ToFrozenSet(StringComparer.Ordinal);
    private static readonly SearchValues<char> _joints = SearchValues.Create(" ,and$");
    private static readonly FrozenSet<string> _negations = TableFile.ReadWords("negations.txt").ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a word negates: not, without, don't.</summary>
    /// <param name="text">The text of the words.</param>
    /// <param name="words">The words to look at.</param>
    public static bool Negate(string text, List<Word> words) => words.Exists(word =>
        _negations.Contains(word.Text)
        || (word.Text == "t" && word.Start >= 2 && text[word.Start - 1] is '\'' or '\u2019' && text[word.Start - 2] is 'n' or 'N'));

    /// <summary>Number of signs that several things are asked.</summary>
    public static int CountLists(string text, List<Word> words)
    {
        int count = text.AsSpan().Count(';');
        for (int i = 0; i < words.Count; i++)
        {
            bool isPhrase = i > 0 && (words[i - 1].Text, words[i].Text) is ("after", "that") or ("as", "well");
            count += isPhrase || _lists.Contains(words[i].Text) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Number of places where a number follows another behind a comma or "and"; not the year behind a day.</summary>
    public static int CountNumberLists(string text, List<Word> words)
    {
        int count = 0;
        for (int i = 0; i + 1 < words.Count; i++)
        {
            bool isDay = i > 0 && Calendar.MonthOf(words[i - 1].Text) is not null;
            if (!isDay && IsNumber(words[i]))
            {
                int next = words[i + 1].Text == "and" ? i + 2 : i + 1;
                count += next < words.Count && IsNumber(words[next]) && AreListed(text, words, i, next) ? 1 : 0;
            }
        }

        return count;
    }

    private static bool AreListed(string text, List<Word> words, int first, int next)
    {
        int end = words[first].Start + words[first].Length;
        ReadOnlySpan<char> between = text.AsSpan(end, words[next].Start - end);
        return !between.ContainsAnyExcept(_joints) && (next > first + 1 || between.Contains(','));
    }

    private static bool IsNumber(Word word) => char.IsAsciiDigit(word.Text[0]);
}
