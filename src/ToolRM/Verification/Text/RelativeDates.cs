namespace ToolRM.Verification.Text;

/// <summary>Finds the days that words name relative to today: tomorrow, next Friday, this weekend, in three days.</summary>
/// <param name="words">The words.</param>
/// <param name="today">Today, if it is known.</param>
/// <param name="todayWords">Indices of the words that say what day today is.</param>
internal sealed class RelativeDates(IReadOnlyList<Word> words, DateOnly? today, (int First, int End) todayWords)
{
    private const int MaxDays = 4000;
    private const int MaxYears = 500;

    /// <summary>Whether a day is named so.</summary>
    public bool HasAny { get; private set; }

    /// <summary>The days meant; none if today is not known.</summary>
    public HashSet<DateOnly> Days { get; } = [];

    public void Read()
    {
        for (int i = 0; i < words.Count; i++)
        {
            if (i < todayWords.First || i >= todayWords.End)
            {
                ReadWord(i);
            }
        }
    }

    private void ReadWord(int i)
    {
        switch (words[i].Text)
        {
            case "today" or "tonight" or "now" or "tomorrow" or "tmrw" or "yesterday":
                AddNear(i);
                break;
            case "morning" or "afternoon" or "evening" or "night":
                ReadPartOfDay(i);
                break;
            case "weekend":
                AddWeekend(At(i - 1));
                break;
            case "day" or "days":
                ReadDistance(i, 1);
                break;
            case "week" or "weeks":
                ReadDistance(i, 7);
                break;
            case "month" or "months":
                ReadMonths(i);
                break;
            case "year" or "years":
                ReadYears(i);
                break;
            default:
                if (Calendar.WeekdayOf(words[i].Text) is { } weekday)
                {
                    AddWeekday(weekday, i);
                }

                break;
        }
    }

    private void AddNear(int i)
    {
        bool isCounted = At(i - 1) is "from" && At(i - 2) is "day" or "days" or "week" or "weeks";
        if (!isCounted)
        {
            Add(words[i].Text switch
            {
                "tomorrow" or "tmrw" => At(i - 1) is "after" && At(i - 2) is "day" ? 2 : 1,
                "yesterday" => At(i - 1) is "before" && At(i - 2) is "day" ? -2 : -1,
                _ => 0,
            });
        }
    }

    private void ReadPartOfDay(int i)
    {
        if (At(i - 1) is "this")
        {
            Add(0);
        }
        else if (At(i - 1) is "last")
        {
            Add(-1);
        }
    }

    private void AddWeekend(string? before)
    {
        int saturday = DaysUntil(DayOfWeek.Saturday), weeks = before switch { "next" => 7, "last" => -7, _ => 0 };
        Add(saturday + weeks);
        Add(saturday + weeks + 1);
        if (DaysUntil(DayOfWeek.Sunday) == 0)
        {
            Add(weeks);
        }
    }

    /// <summary>A weekday is the next to come; today's name may mean today; with "next", or of next week, it may be one later.</summary>
    private void AddWeekday(DayOfWeek weekday, int i)
    {
        int days = DaysUntil(weekday);
        bool isNext = At(i - 1) is "next" || SaysNextWeek(i + 1) || SaysNextWeek(i + 2) || SaysNextWeek(i - 2) || SaysNextWeek(i - 3);
        if (At(i - 1) is "last" or "past")
        {
            Add(days - 7);
            return;
        }

        Add(days);
        if (days == 0 || isNext)
        {
            Add(days + 7);
        }
    }

    private bool SaysNextWeek(int i) => At(i) is "next" or "following" && At(i + 1) is "week";

    /// <summary>In three days, three days later, three days ago, a week from now, next week.</summary>
    private void ReadDistance(int i, int days)
    {
        string? before = At(i - 1);
        if (before is "next" or "following" or "last" or "this" && days == 7)
        {
            Add(before switch { "last" => -7, "this" => 0, _ => 7 });
            return;
        }

        double? count = CountAt(i - 1);
        int direction = At(i + 1) is "ago" or "earlier" or "back" || (At(i + 1) is "before" && At(i + 2) is "today") ? -1
            : At(i - 2) is "in" || At(i + 1) is "later" or "hence" ? 1
            : At(i + 1) is "from" or "after" && At(i + 2) is "now" or "today" or "tomorrow" ? 1
            : 0;
        if (direction != 0 && count is >= 1 and <= MaxDays)
        {
            Add(direction * Math.Min(MaxDays, (int)count * days) + (At(i + 2) is "tomorrow" ? 1 : 0));
        }
    }

    private void ReadMonths(int i)
    {
        int months = At(i - 1) switch { "next" or "following" => 1, "last" => -1, _ => 0 };
        if (months != 0)
        {
            HasAny = true;
            if (today is { } day)
            {
                DateOnly other = day.AddMonths(months);
                Days.Add(other);
                Days.Add(new DateOnly(other.Year, other.Month, 1));
            }
        }
    }

    /// <summary>Last year, two years ago: the same day of that year.</summary>
    private void ReadYears(int i)
    {
        int years = At(i - 1) switch { "next" => 1, "last" => -1, _ => 0 };
        if (years == 0 && At(i + 1) is "ago" or "back" && CountAt(i - 1) is >= 1 and <= MaxYears)
        {
            years = -(int)CountAt(i - 1)!.Value;
        }

        if (years != 0)
        {
            HasAny = true;
            if (today is { } day)
            {
                Days.Add(day.AddYears(years));
            }
        }
    }

    private double? CountAt(int i) => At(i) switch
    {
        null => null,
        "a" or "an" => 1,
        { } word => Digits.Read(word) ?? SpokenNumbers.ValueOf(word),
    };

    private int DaysUntil(DayOfWeek weekday) => today is { } day ? (weekday - day.DayOfWeek + 7) % 7 : 0;

    private void Add(int days)
    {
        HasAny = true;
        if (today is { } day)
        {
            Days.Add(day.AddDays(days));
        }
    }

    private string? At(int i) => i >= 0 && i < words.Count ? words[i].Text : null;
}
