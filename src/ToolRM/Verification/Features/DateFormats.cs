using System.Globalization;
using ToolRM.Verification.Schemas;
using ToolRM.Verification.Text;

namespace ToolRM.Verification.Features;

/// <summary>Whether dates are written as demanded, and are of a likely year.</summary>
internal sealed class DateFormats(FeatureTable table)
{
    private readonly int _demanded = table.PerCall(
        "date_as_demanded", "date in the demanded notation",
        "Texts whose description demands a notation of dates, and that begin with a date in it.");

    private readonly int _notDemanded = table.PerCall(
        "date_not_as_demanded", "not a date in the demanded notation",
        "Texts whose description demands another notation of dates, or that are no date in digits.");

    private readonly int _iso = table.PerCall(
        "date_undemanded_iso", "date as year-month-day, where no notation is demanded",
        "Texts of parameters for dates without demanded notation that begin with a date as 2024-05-17.");

    private readonly int _other = table.PerCall(
        "date_undemanded_other", "date not as year-month-day, where no notation is demanded",
        "Texts of parameters for dates without demanded notation that do not.");

    private readonly int _yearMentioned = table.PerCall(
        "year_mentioned", "year mentioned in the conversation", "Dates whose year is in the conversation.");

    private readonly int _yearOfExample = table.PerCall(
        "year_of_example", "year of the description's example",
        "Dates whose year is not in the conversation, but in a date of the description.");

    private readonly int _otherYear = table.PerCall(
        "year_other", "year neither of the conversation nor of the description's example",
        "Dates whose year is neither in the conversation nor in the description, which has dates.");

    private readonly int _today = table.PerCall(
        "date_today", "today's date, which was not asked for",
        "Dates that are the day the conversation says today is, while none of its words (today, tonight …) means that day.");

    public void Add(FormatValue value, string text, FeatureSink sink)
    {
        ParameterFacts parameter = value.Parameter;
        WrittenDate? date = WrittenDate.Read(text);
        if (parameter.WantedDateNotation is { } wanted)
        {
            sink.Add(date?.Notation == wanted ? _demanded : _notDemanded, value.Argument);
        }
        else if (parameter.IsDate)
        {
            sink.Add(date?.Notation == DateNotation.YearMonthDayDashes ? _iso : _other, value.Argument);
        }

        if (date is not { } written)
        {
            return;
        }

        Conversation conversation = value.Conversation;
        if (conversation.WordSet.Contains(written.Year.ToString(CultureInfo.InvariantCulture)))
        {
            sink.Add(_yearMentioned, value.Argument);
        }
        else if (parameter.ExampleYears.Count > 0)
        {
            sink.Add(parameter.ExampleYears.Contains(written.Year) ? _yearOfExample : _otherYear, value.Argument);
        }

        (int month, int day) = written.First <= 12 ? (written.First, written.Second) : (written.Second, written.First);
        bool isToday = conversation.Dates.Today is { } today && (today.Year, today.Month, today.Day) == (written.Year, month, day)
            && !conversation.Dates.Resolved.Contains(today);
        sink.Add(_today, value.Argument, isToday ? 1 : 0);
    }
}
