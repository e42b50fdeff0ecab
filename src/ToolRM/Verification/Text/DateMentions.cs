namespace ToolRM.Verification.Text;

/// <summary>The days that a conversation mentions. Immutable.</summary>
internal sealed class DateMentions
{
    /// <summary>The day it says today is; <see langword="null"/> if it does not.</summary>
    public required DateOnly? Today { get; init; }

    /// <summary>Whether a day is named relative to today (tomorrow, next Friday, this weekend, …).</summary>
    public required bool HasRelative { get; init; }

    /// <summary>Months with days that are mentioned in any notation; both readings where the order is open.</summary>
    public required IReadOnlySet<(int Month, int Day)> MonthDays { get; init; }

    /// <summary>Days of the month mentioned alone ("the 5th").</summary>
    public required IReadOnlySet<int> Ordinals { get; init; }

    /// <summary>The days that relative mentions mean; empty if today is not known.</summary>
    public required IReadOnlySet<DateOnly> Resolved { get; init; }

    /// <summary>The months mentioned by name, with or without a day.</summary>
    public IReadOnlySet<int> Months { get; init; } = new HashSet<int>();

    /// <summary>The days of a conversation.</summary>
    public static DateMentions Read(string text, IReadOnlyList<Word> words)
    {
        DateReader reader = new(text, words);
        reader.Read();
        var relative = new RelativeDates(words, reader.Today);
        relative.Read();
        return new DateMentions
        {
            Today = reader.Today,
            HasRelative = relative.HasAny,
            MonthDays = reader.MonthDays,
            Ordinals = reader.Ordinals,
            Resolved = relative.Days,
            Months = reader.Months,
        };
    }
}
