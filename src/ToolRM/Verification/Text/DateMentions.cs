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
}

/// <summary>The order and separator in which a date is written.</summary>
internal enum DateNotation
{
    /// <summary>2024-05-17.</summary>
    YearMonthDayDashes,

    /// <summary>2024/05/17 or 2024.05.17.</summary>
    YearMonthDayOther,

    /// <summary>05/17/2024 or 17/05/2024.</summary>
    YearLastSlashes,

    /// <summary>05-17-2024 or 17.05.2024.</summary>
    YearLastOther,
}

/// <summary>A date in digits that begins a text.</summary>
/// <param name="Notation">How it is written.</param>
/// <param name="Year">The year.</param>
/// <param name="First">The first of the two other numbers: the month, unless it is above 12.</param>
/// <param name="Second">The second of the two.</param>
internal readonly record struct WrittenDate(DateNotation Notation, int Year, int First, int Second)
{
    /// <summary>Reads the date at the beginning of a text.</summary>
    public static WrittenDate? Read(ReadOnlySpan<char> text) => throw new NotImplementedException();
}
