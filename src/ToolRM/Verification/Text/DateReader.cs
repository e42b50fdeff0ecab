namespace ToolRM.Verification.Text;

/// <summary>Finds the days that a text names by themselves: in digits, with the name of a month, as ordinals; and the day it says today is.</summary>
internal sealed class DateReader(string text, IReadOnlyList<Word> words)
{
    private const int MaxDaysInList = 8;

    public HashSet<(int Month, int Day)> MonthDays { get; } = [];

    public HashSet<int> Ordinals { get; } = [];

    public HashSet<int> Months { get; } = [];

    public DateOnly? Today { get; private set; }

    public void Read()
    {
        for (int i = 0; i < words.Count; i++)
        {
            string word = words[i].Text;
            if (char.IsAsciiDigit(word[0]))
            {
                ReadDigits(i);
            }
            else if (Calendar.MonthOf(word) is int month)
            {
                ReadMonth(i, month);
            }
            else if (Today is null && BeginsToday(i))
            {
                Today = FirstDate(i + 1);
            }
        }
    }

    /// <summary>The date that a text is, and nothing else: <c>2024-05-17</c>, <c>Friday, May 17th 2024</c>, <c>17 May</c> (with no year).</summary>
    public static (int? Year, int Month, int Day)? ReadWhole(string text, IReadOnlyList<Word> words)
    {
        var reader = new DateReader(text, words);
        int start = words.Count > 1 && Calendar.WeekdayOf(words[0].Text) is not null ? 1 : 0;
        start += start < words.Count - 1 && words[start].Text == "the" ? 1 : 0;
        return reader.NamedDate(start) is var (year, month, day, end) && end == words.Count ? (year, month, day) : null;
    }

    private void ReadDigits(int i)
    {
        string word = words[i].Text;
        int start = words[i].Start;
        if (Calendar.DayOf(word) is int ordinal && !char.IsAsciiDigit(word[^1]))
        {
            Ordinals.Add(ordinal);
        }

        bool isInside = start > 0 && text[start - 1] is '-' or '/' or '.' && start > 1 && char.IsAsciiDigit(text[start - 2]);
        if (isInside)
        {
            return;
        }

        ReadOnlySpan<char> rest = text.AsSpan(start);
        if (WrittenDate.Read(rest) is { } date)
        {
            Add(date.MonthDay);
            Add(date.OtherMonthDay);
        }
        else if (word.Length == 8 && Digits.Read(word) is int digits
            && Calendar.Date(digits / 10000, digits / 100 % 100, digits % 100) is { } compact)
        {
            Add((compact.Month, compact.Day));
        }
        else if (ShortDate(i) is var (first, second))
        {
            Add((first, second));
            Add((second, first));
        }
    }

    /// <summary>The two numbers of a date without a year or with one of two digits: 5/17, 5/17/24, 17.05.24.</summary>
    private (int First, int Second)? ShortDate(int i)
    {
        int start = words[i].Start;
        ReadOnlySpan<char> rest = text.AsSpan(start, Math.Min(8, text.Length - start));
        int separator = rest.IndexOfAny('/', '-', '.');
        if (separator is not (1 or 2))
        {
            return null;
        }

        int last = separator + 1 + Digits.Count(rest[(separator + 1)..]);

        // With dots or dashes it is a date only if a year follows, otherwise a number or a range.
        bool hasYear = last + 2 < rest.Length && rest[last] == rest[separator] && char.IsAsciiDigit(rest[last + 1]) && char.IsAsciiDigit(rest[last + 2]);
        return (rest[separator] == '/' || hasYear)
            && Digits.Read(rest[..separator]) is int first && Digits.Read(rest[(separator + 1)..last]) is int second
            ? (first, second)
            : null;
    }

    private void ReadMonth(int i, int month)
    {
        // May and march have other meanings too: a capital, a day or a year tells.
        int before = AddDaysBefore(i, month), after = AddDaysAfter(i, month);
        bool hasYear = i + 1 < words.Count && Calendar.YearOf(words[i + 1].Text) is not null;
        if (before + after > 0 || hasYear || char.IsUpper(text[words[i].Start]))
        {
            Months.Add(month);
        }
    }

    /// <summary>May 5, May the 5th, May 5 to 7, May fifth.</summary>
    private int AddDaysAfter(int i, int month)
    {
        int count = 0;
        for (int next = i + 1; count < MaxDaysInList; count++)
        {
            if (count > 0 && !IsConnected(ref next))
            {
                break;
            }

            if (DayAt(SkipThe(next), out next) is not int day)
            {
                break;
            }

            Add((month, day));
        }

        return count;
    }

    /// <summary>5 May, the 5th of May, 5 to 7 May, the third and fifth of May.</summary>
    private int AddDaysBefore(int i, int month)
    {
        int count = 0;
        for (int last = i - 1; count < MaxDaysInList; count++)
        {
            while (count == 0 && last >= 0 && words[last].Text is "of" or "the")
            {
                last--;
            }

            if (last < 0 || (count > 0 && !IsConnectedBefore(ref last)) || DayEndingAt(ref last) is not int day)
            {
                break;
            }

            Add((month, day));
        }

        return count;
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

    private static int? OrdinalOf(string word) =>
        (word.EndsWith("th", StringComparison.Ordinal) || word is "first" or "second" or "third") && SpokenNumbers.ValueOf(word) is double value and <= 30
            ? (int)value
            : null;

    /// <summary>A date with the name of a month that begins at a word, with the index of the word behind it.</summary>
    private (int? Year, int Month, int Day, int End)? NamedDate(int i)
    {
        if (i >= words.Count)
        {
            return null;
        }

        int month, day, next;
        if (Calendar.MonthOf(words[i].Text) is int first && DayAt(SkipThe(i + 1), out next) is int second)
        {
            (month, day) = (first, second);
        }
        else if (DayAt(i, out int after) is int leading && SkipOf(after) is int named && named < words.Count
            && Calendar.MonthOf(words[named].Text) is int trailing)
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

    private bool BeginsToday(int i)
    {
        string word = words[i].Text, before = i > 0 ? words[i - 1].Text : "";
        return word is "today" || (word is "date" or "day" or "time" or "datetime" or "timestamp" && before is "current" or "now" or "present");
    }

    /// <summary>The first full date behind "today" or "current date", with at most six words such as "is Friday" between them.</summary>
    private DateOnly? FirstDate(int start)
    {
        for (int i = start; i < Math.Min(words.Count, start + 6); i++)
        {
            if (char.IsAsciiDigit(words[i].Text[0]) && WrittenDate.Read(text.AsSpan(words[i].Start)) is { } date)
            {
                (int month, int day) = date.MonthDay;
                return Calendar.Date(date.Year, month, day);
            }

            if (NamedDate(i) is var (year, namedMonth, namedDay, _))
            {
                return year is int known ? Calendar.Date(known, namedMonth, namedDay) : null;
            }

            bool isFiller = Calendar.WeekdayOf(words[i].Text) is not null || words[i].Text is "is" or "s" or "date" or "time" or "day" or "the" or "of" or "it" or "and";
            if (!isFiller)
            {
                break;
            }
        }

        return null;
    }

    private void Add((int Month, int Day)? date)
    {
        if (date is var (month, day) && Calendar.Has(month, day))
        {
            MonthDays.Add((month, day));
        }
    }

    private int SkipThe(int i) => i < words.Count && words[i].Text == "the" ? i + 1 : i;

    private int SkipOf(int i) => i < words.Count && words[i].Text == "of" ? i + 1 : i;

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
