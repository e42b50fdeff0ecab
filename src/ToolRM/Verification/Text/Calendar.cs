using System.Collections.Frozen;
using System.Globalization;
using ToolRM.Verification.Tables;

namespace ToolRM.Verification.Text;

/// <summary>The names of months and days of the week, and days of the month in words.</summary>
internal static class Calendar
{
    private static readonly FrozenDictionary<string, int> _months = Names("month");
    private static readonly FrozenDictionary<string, int> _weekdays = Names("weekday");

    /// <summary>The number of a month, 1 to 12, by its name or abbreviation in lower case.</summary>
    public static int? MonthOf(string word) => _months.TryGetValue(word, out int month) ? month : null;

    /// <summary>A day of the week by its name or abbreviation in lower case.</summary>
    public static DayOfWeek? WeekdayOf(string word) => _weekdays.TryGetValue(word, out int day) ? (DayOfWeek)day : null;

    /// <summary>The day of the month that digits mean, <c>5</c> or <c>5th</c>; <see langword="null"/> for anything else.</summary>
    public static int? DayOf(string word)
    {
        int digits = Digits.Count(word);
        bool isDay = digits is 1 or 2 && (word.Length == digits || word.AsSpan(digits) is "st" or "nd" or "rd" or "th");
        return isDay && Digits.Read(word.AsSpan(0, digits)) is int day and >= 1 and <= 31 ? day : null;
    }

    /// <summary>The year of a word of four digits, 1000 to 2999.</summary>
    public static int? YearOf(string word) =>
        word.Length == 4 && Digits.Read(word) is int year and >= 1000 and < 3000 ? year : null;

    /// <summary>Whether a month has the day, whatever the year.</summary>
    public static bool Has(int month, int day) => month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(2000, month);

    /// <summary>The date; <see langword="null"/> if the year has no such day.</summary>
    public static DateOnly? Date(int year, int month, int day) =>
        year is >= 1000 and < 3000 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;

    private static FrozenDictionary<string, int> Names(string kind) => TableFile.Read("calendar.txt")
        .Select(line => line.Split(' '))
        .Where(parts => parts[0] == kind)
        .SelectMany(parts => parts[2..].Select(name => (name, number: int.Parse(parts[1], CultureInfo.InvariantCulture))))
        .ToFrozenDictionary(entry => entry.name, entry => entry.number, StringComparer.Ordinal);
}
