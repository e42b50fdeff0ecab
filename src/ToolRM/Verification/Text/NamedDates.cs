namespace ToolRM.Verification.Text;

/// <summary>Reads days of the month and dates with the name of a month at a word of a text.</summary>
internal sealed class NamedDates(string text, IReadOnlyList<Word> words)
{
    private const int MaxDaysInList = 8;

    /// <summary>A date with the name of a month that begins at a word (May 17th 2024, 17th of May), and the index behind it.</summary>
    public (int? Year, int Month, int Day, int End)? DateAt(int i)
    {
        int month, day, next;
        if (MonthAt(i) is int first && DayAt(Skip("the", i + 1), out next) is int second)
        {
            (month, day) = (first, second);
        }
        else if (DayAt(i, out int after) is int leading && Skip("this", Skip("of", after)) is int named && MonthAt(named) is int trailing)
        {
            (month, day, next) = (trailing, leading, named + 1);
        }
        else
        {
            return null;
        }

        int? year = next < words.Count ? Calendar.YearOf(words[next].Text) : null;
        return Calendar.Has(month, day) ? (year, month, day, year is null ? next : next + 1) : null;
    }

    /// <summary>The days behind the name of a month: May 5, May the 5th, May 5 to 7, May fifth.</summary>
    public List<int> DaysAfter(int month)
    {
        var days = new List<int>();
        int next = month + 1;
        while (days.Count < MaxDaysInList && (days.Count == 0 || IsConnected(ref next)) && DayAt(Skip("the", next), out next) is int day)
        {
            days.Add(day);
        }

        return days;
    }

    /// <summary>The days before the name of a month: 5 May, the 5th of May, 5 to 7 May, the third and fifth of May.</summary>
    public List<int> DaysBefore(int month)
    {
        var days = new List<int>();
        int last = month - 1;
        while (last >= 0 && words[last].Text is "of" or "the" or "this")
        {
            last--;
        }

        while (last >= 0 && days.Count < MaxDaysInList
            && (days.Count == 0 || IsConnectedBefore(ref last)) && DayEndingAt(ref last) is int day)
        {
            days.Add(day);
        }

        return days;
    }

    private int? MonthAt(int i) => i < words.Count ? Calendar.MonthOf(words[i].Text) : null;

    /// <summary>The day of the month at a word, in digits or as an ordinal in words.</summary>
    private int? DayAt(int i, out int next)
    {
        next = i + 1;
        if (i >= words.Count)
        {
            return null;
        }

        if (Calendar.DayOf(words[i].Text) is int day)
        {
            return day;
        }

        int tens = words[i].Text switch { "twenty" => 20, "thirty" => 30, _ => 0 };
        if (tens > 0)
        {
            int? units = i + 1 < words.Count ? OrdinalOf(words[i + 1].Text) : null;
            next = i + 2;
            return units is > 0 and < 10 && tens + units <= 31 ? tens + units : null;
        }

        return OrdinalOf(words[i].Text);
    }

    private int? DayEndingAt(ref int last)
    {
        // Twenty first is two words.
        int first = last > 0 && words[last - 1].Text is "twenty" or "thirty" ? last - 1 : last;
        int? day = DayAt(first, out int next);
        if (day is not null && next == last + 1)
        {
            last = first - 1;
            return day;
        }

        return null;
    }

    private static int? OrdinalOf(string word) =>
        (word.EndsWith("th", StringComparison.Ordinal) || word is "first" or "second" or "third")
        && SpokenNumbers.ValueOf(word) is double value and <= 30
            ? (int)value
            : null;

    private int Skip(string word, int i) => i < words.Count && words[i].Text == word ? i + 1 : i;

    /// <summary>Whether a day of a list or range may begin at a word: behind "and", "to" and the like, or a dash.</summary>
    private bool IsConnected(ref int next)
    {
        if (next < words.Count && IsConnection(words[next].Text))
        {
            next++;
            return true;
        }

        return next < words.Count && HasDash(next);
    }

    private bool IsConnectedBefore(ref int last)
    {
        while (last > 0 && words[last].Text == "the")
        {
            last--;
        }

        if (IsConnection(words[last].Text))
        {
            last--;
            return last >= 0;
        }

        return HasDash(last + 1);
    }

    /// <summary>Whether a dash stands between a word and the one before it.</summary>
    private bool HasDash(int i)
    {
        int end = words[i - 1].Start + words[i - 1].Length;
        return text.AsSpan(end, words[i].Start - end).ContainsAny('-', '\u2013');
    }

    private static bool IsConnection(string word) => word is "and" or "or" or "to" or "until" or "till" or "through" or "thru";
}
