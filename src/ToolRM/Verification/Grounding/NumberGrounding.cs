using ToolRM.Verification.Schemas;
using ToolRM.Verification.Text;

namespace ToolRM.Verification.Grounding;

/// <summary>Finds out where numbers come from.</summary>
internal static class NumberGrounding
{
    // Per cent, kilo, minutes and hours, months and years; and back.
    private static readonly double[] _factors = [100, 1000, 60, 12];

    /// <summary>Factors that only a unit in the conversation makes likely: its stems, and what it is divided into.</summary>
    private static readonly (string[] Units, double Factor)[] _unitFactors =
    [
        (["hour", "hr"], 3600), (["day"], 24), (["week"], 7), (["day"], 1440), (["day"], 86400),
    ];

    public static GroundingClass Ground(double value, ParameterFacts? parameter, Conversation conversation)
    {
        NumberMentions numbers = conversation.Numbers;
        if (numbers.Contains(value) || (parameter is not null && IsPartOfDate(value, parameter, conversation)))
        {
            return GroundingClass.Number;
        }

        return value != 0 && double.IsFinite(value) && IsConverted(value, conversation)
            ? GroundingClass.ConvertedNumber
            : GroundingClass.OtherNumber;
    }

    private static bool IsConverted(double value, Conversation conversation)
    {
        if (conversation.Dates.Spans.Any(span => span == value))
        {
            return true;
        }

        foreach (double factor in _factors)
        {
            if (IsConverted(value, factor, conversation))
            {
                return true;
            }
        }

        foreach ((string[] units, double factor) in _unitFactors)
        {
            if (IsConverted(value, factor, conversation) && Array.Exists(units, conversation.Stems.Contains))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsConverted(double value, double factor, Conversation conversation) =>
        conversation.Numbers.Contains(value * factor) || conversation.Numbers.Contains(value / factor);

    /// <summary>Whether it is the year, month, day, hour or minute of a day or time mentioned, for a parameter of that name.</summary>
    private static bool IsPartOfDate(double value, ParameterFacts parameter, Conversation conversation)
    {
        DateMentions dates = conversation.Dates;
        foreach (string stem in parameter.NameStems)
        {
            bool fits = stem switch
            {
                "year" => dates.Resolved.Any(day => day.Year == value),
                "month" => dates.Months.Any(month => month == value) || dates.MonthDays.Any(day => day.Month == value)
                    || dates.Resolved.Any(day => day.Month == value),
                "day" => dates.Resolved.Any(day => day.Day == value),
                "hour" => conversation.Times.Values.Any(time => time.Hour == value),
                "minut" => conversation.Times.Values.Any(time => time.Minute == value),
                _ => false,
            };
            if (fits)
            {
                return true;
            }
        }

        return false;
    }
}
