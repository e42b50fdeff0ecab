namespace ToolRM.Verification.Text;

/// <summary>The days that a conversation mentions. Immutable.</summary>
internal sealed class DateMentions
{
    private const int MaxCombined = 12;
    private const int MaxSpan = 60;

    /// <summary>The day it says today is; <see langword="null"/> if it does not.</summary>
    public required DateOnly? Today { get; init; }

    /// <summary>Whether a day is named relative to today (tomorrow, next Friday, this weekend, …).</summary>
    public required bool HasRelative { get; init; }

    /// <summary>
    /// Months with days that are mentioned in any notation; both readings where the order is open. What tells which day today is is no
    /// mention.
    /// </summary>
    public required IReadOnlySet<(int Month, int Day)> MonthDays { get; init; }

    /// <summary>Days of the month mentioned alone ("the 5th").</summary>
    public required IReadOnlySet<int> Ordinals { get; init; }

    /// <summary>The days that relative mentions mean; empty if today is not known.</summary>
    public required IReadOnlySet<DateOnly> Resolved { get; init; }

    /// <summary>The months mentioned by name, with or without a day.</summary>
    public IReadOnlySet<int> Months { get; init; } = new HashSet<int>();

    /// <summary>Days that follow from one mentioned and a length of stay: June 4 for "three nights from June 1".</summary>
    public IReadOnlySet<(int Month, int Day)> Ends { get; init; } = new HashSet<(int Month, int Day)>();

    /// <summary>Numbers of days, 1 to 60, between two days mentioned.</summary>
    public IReadOnlySet<int> Spans { get; init; } = new HashSet<int>();

    /// <summary>The days of a conversation.</summary>
    public static DateMentions Read(string text, IReadOnlyList<Word> words)
    {
        var reader = new DateReader(text, words);
        reader.Read();
        var relative = new RelativeDates(words, reader.Today, reader.TodayWords);
        relative.Read();

        // The year only matters for the length of February.
        int year = reader.Today?.Year ?? 2023;
        IEnumerable<DateOnly> named = reader.MonthDays.Select(day => Calendar.Date(year, day.Month, day.Day)).OfType<DateOnly>();
        List<DateOnly> days = [.. relative.Days.Concat(named).Take(MaxCombined)];
        return new DateMentions
        {
            Today = reader.Today,
            HasRelative = relative.HasAny,
            MonthDays = reader.MonthDays,
            Ordinals = reader.Ordinals,
            Resolved = relative.Days,
            Months = reader.Months,
            Ends = EndsOf(days, reader.Stays),
            Spans = SpansOf(days),
        };
    }

    private static HashSet<(int Month, int Day)> EndsOf(List<DateOnly> days, HashSet<int> stays)
    {
        var ends = new HashSet<(int Month, int Day)>();
        foreach (int stay in stays.Take(MaxCombined))
        {
            foreach (DateOnly day in days)
            {
                DateOnly end = day.AddDays(stay);
                ends.Add((end.Month, end.Day));
            }
        }

        return ends;
    }

    private static HashSet<int> SpansOf(List<DateOnly> days)
    {
        var spans = new HashSet<int>();
        foreach (DateOnly first in days)
        {
            foreach (DateOnly second in days)
            {
                int span = second.DayNumber - first.DayNumber;
                if (span is >= 1 and <= MaxSpan)
                {
                    spans.Add(span);
                }
            }
        }

        return spans;
    }
}
