namespace ToolRM.Verification.Text;

/// <summary>Finds the days that a text names: in digits, with the name of a month, as ordinals; and the day it says today is.</summary>
internal sealed class DateReader(string text, IReadOnlyList<Word> words)
{
    private const int MaxWordsBeforeToday = 5;
    private const int MaxStay = 60;

    private readonly NamedDates _named = new(text, words);

    public HashSet<(int Month, int Day)> MonthDays { get; } = [];

    public HashSet<int> Ordinals { get; } = [];

    public HashSet<int> Months { get; } = [];

    /// <summary>Lengths in days: 3 for "three nights".</summary>
    public HashSet<int> Stays { get; } = [];

    public DateOnly? Today { get; private set; }

    /// <summary>Indices of the words that say what day today is; they name no other day.</summary>
    public (int First, int End) TodayWords { get; private set; }

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
            else if (i > 0 && word is "night" or "nights" or "day" or "days")
            {
                ReadStay(words[i - 1].Text);
            }
            else if (Today is null && BeginsToday(i) && ReadToday(i))
            {
                i = TodayWords.End - 1;
            }
        }
    }

    /// <summary>The date that a text is, and nothing else: <c>Friday, May 17th 2024</c>, <c>17 May</c> (with no year).</summary>
    public static (int? Year, int Month, int Day)? ReadWhole(string text, IReadOnlyList<Word> words)
    {
        int start = Calendar.WeekdayOf(words[0].Text) is not null ? 1 : 0;
        start += start < words.Count && words[start].Text == "the" ? 1 : 0;
        return new NamedDates(text, words).DateAt(start) is var (year, month, day, end) && end == words.Count ? (year, month, day) : null;
    }

    private void ReadDigits(int i)
    {
        string word = words[i].Text;
        int start = words[i].Start;
        if (Calendar.DayOf(word) is int ordinal && !char.IsAsciiDigit(word[^1]))
        {
            Ordinals.Add(ordinal);
        }

        bool isInside = start > 1 && text[start - 1] is '-' or '/' or '.' && char.IsAsciiDigit(text[start - 2]);
        if (isInside)
        {
            return;
        }

        if (WrittenDate.Read(text.AsSpan(start)) is { } date)
        {
            Add(date.MonthDay);
            Add(date.OtherMonthDay);
        }
        else if (word.Length == 8 && Digits.Read(word) is int digits
            && Calendar.Date(digits / 10000, digits / 100 % 100, digits % 100) is { } compact)
        {
            Add((compact.Month, compact.Day));
        }
        else if (ShortDate(start) is var (first, second))
        {
            Add((first, second));
            Add((second, first));
        }
    }

    /// <summary>The two numbers of a date without a year or with one of two digits: 5/17, 5/17/24, 17.05.24.</summary>
    private (int First, int Second)? ShortDate(int start)
    {
        ReadOnlySpan<char> rest = text.AsSpan(start, Math.Min(8, text.Length - start));
        int separator = rest.IndexOfAny('/', '-', '.');
        if (separator is not (1 or 2))
        {
            return null;
        }

        // With dots or dashes it is a date only if a year follows, otherwise a number or a range.
        int last = separator + 1 + Digits.Count(rest[(separator + 1)..]);
        bool hasYear = last + 2 < rest.Length && rest[last] == rest[separator] && Digits.Count(rest[(last + 1)..]) == 2;
        return (rest[separator] == '/' || hasYear)
            && Digits.Read(rest[..separator]) is int first && Digits.Read(rest[(separator + 1)..last]) is int second
            ? (first, second)
            : null;
    }

    private void ReadMonth(int i, int month)
    {
        // May and march have other meanings too: a capital, a day or a year tells.
        List<int> days = _named.DaysBefore(i);
        days.AddRange(_named.DaysAfter(i));
        bool hasYear = i + 1 < words.Count && Calendar.YearOf(words[i + 1].Text) is not null;
        if (days.Count > 0 || hasYear || char.IsUpper(text[words[i].Start]))
        {
            Months.Add(month);
        }

        days.ForEach(day => Add((month, day)));
    }

    private void ReadStay(string count)
    {
        if ((Digits.Read(count) ?? SpokenNumbers.ValueOf(count)) is >= 1 and <= MaxStay and double days)
        {
            Stays.Add((int)days);
        }
    }

    private bool BeginsToday(int i) => words[i].Text switch
    {
        "today" => true,
        "date" or "time" or "datetime" or "timestamp" => i > 0 && words[i - 1].Text is "current" or "now" or "present",
        _ => false,
    };

    /// <summary>Reads the full date behind "today" or "current date", with a few words such as "is Friday" between them.</summary>
    private bool ReadToday(int trigger)
    {
        int i = trigger + 1;
        while (i < Math.Min(words.Count, trigger + 1 + MaxWordsBeforeToday) && IsFiller(words[i].Text))
        {
            i++;
        }

        int end = i;
        if (i < words.Count && WrittenDate.Read(text.AsSpan(words[i].Start)) is { } date)
        {
            Today = Calendar.Date(date.Year, date.MonthDay.Month, date.MonthDay.Day);
            while (end < words.Count && words[end].Start < words[i].Start + date.Length)
            {
                end++;
            }
        }
        else if (_named.DateAt(i) is (int year, int month, int day, int next))
        {
            Today = Calendar.Date(year, month, day);
            end = next;
        }

        if (Today is not { } today)
        {
            return false;
        }

        bool hasWeekday = end < words.Count && Calendar.WeekdayOf(words[end].Text) == today.DayOfWeek;
        TodayWords = (trigger, hasWeekday ? end + 1 : end);
        return true;
    }

    private static bool IsFiller(string word) =>
        word is "is" or "s" or "date" or "time" or "day" or "the" or "of" or "it" or "and" || Calendar.WeekdayOf(word) is not null;

    private void Add((int Month, int Day)? date)
    {
        if (date is var (month, day) && Calendar.Has(month, day))
        {
            MonthDays.Add((month, day));
        }
    }
}
