using ToolRM.Verification.Schemas;
using ToolRM.Verification.Text;

namespace ToolRM.Verification.Grounding;

/// <summary>Finds out where dates and times of day come from.</summary>
internal static class DateGrounding
{
    private const int MaxDaysToOrdinal = 62;

    /// <summary>The class of a text that is a date (perhaps with a time) or time; <see langword="null"/> if it is none.</summary>
    public static GroundingClass? Ground(string text, List<Word> words, ParameterFacts? parameter, Conversation conversation)
    {
        if (char.IsAsciiDigit(text[0]))
        {
            if (WrittenDate.Read(text) is { } date)
            {
                GroundingClass day = OfDate(date, parameter, conversation.Dates);
                bool isOtherTime = TimeOf(text.AsSpan(date.Length)) is { } clock && !conversation.Times.Values.Contains(clock);
                return day == GroundingClass.Date && isOtherTime ? GroundingClass.OtherTime : day;
            }

            if (TimeMentions.Read(text) is { } time)
            {
                return conversation.Times.Values.Contains(time) ? GroundingClass.Time : GroundingClass.OtherTime;
            }
        }

        return words.Count is >= 2 and <= 6 && DateReader.ReadWhole(text, words) is var (year, month, dayOfMonth)
            ? OfDay(year, month, dayOfMonth, conversation.Dates)
            : null;
    }

    /// <summary>The time behind a date, but not midnight, which stands for no time.</summary>
    private static (int Hour, int Minute)? TimeOf(ReadOnlySpan<char> rest)
    {
        rest = rest.TrimStart("T ,");
        int zone = rest.LastIndexOfAny('+', '-');
        return TimeMentions.Read(zone > 0 ? rest[..zone] : rest) is { } time && time != (0, 0) ? time : null;
    }

    private static GroundingClass OfDate(WrittenDate date, ParameterFacts? parameter, DateMentions dates)
    {
        (int month, int day) = date.MonthDay;
        GroundingClass found = OfDay(date.Year, month, day, dates);
        if (date.OtherMonthDay is not var (otherMonth, otherDay))
        {
            return found;
        }

        GroundingClass other = OfDay(date.Year, otherMonth, otherDay, dates);
        string description = parameter?.DescriptionLower ?? "";
        return description.Contains("dd/mm", StringComparison.Ordinal) || description.Contains("dd-mm", StringComparison.Ordinal) ? other
            : description.Contains("mm/dd", StringComparison.Ordinal) || description.Contains("mm-dd", StringComparison.Ordinal) ? found
            : found == GroundingClass.Date ? found : other;
    }

    private static GroundingClass OfDay(int? year, int month, int day, DateMentions dates)
    {
        if (year is int known && Calendar.Date(known, month, day) is null)
        {
            return GroundingClass.OtherDate;
        }

        bool isMentioned = dates.MonthDays.Contains((month, day)) || dates.Ends.Contains((month, day));
        return isMentioned || IsResolved(year, month, day, dates) || IsOrdinal(year, month, day, dates) ? GroundingClass.Date
            : dates.HasRelative && dates.Today is null ? GroundingClass.RelativeDate
            : GroundingClass.OtherDate;
    }

    private static bool IsResolved(int? year, int month, int day, DateMentions dates) => year is int known
        ? dates.Resolved.Contains(new DateOnly(known, month, day))
        : dates.Resolved.Any(date => date.Month == month && date.Day == day);

    /// <summary>Whether it is the day of "the 5th": near today, where that is known.</summary>
    private static bool IsOrdinal(int? year, int month, int day, DateMentions dates) =>
        dates.Today is { } today && dates.Ordinals.Contains(day)
        && (year is not int known || Math.Abs(new DateOnly(known, month, day).DayNumber - today.DayNumber) <= MaxDaysToOrdinal);
}
