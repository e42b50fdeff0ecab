using System.Globalization;
using System.Text.RegularExpressions;
using ToolRM.Verification.Text;

namespace ToolRM.Verification.Schemas;

/// <summary>Finds the notations that a description demands. All expressions are bounded, so that they take linear time.</summary>
internal static partial class DescribedFormats
{
    private static readonly HashSet<int> _noYears = [];

    /// <summary>Whether a place with its state or country is asked for: in words, or by an example such as "Boston, MA".</summary>
    public static bool WantsCityAndState(string description) => CityAndState.IsMatch(description) || CityWithCode.IsMatch(description);

    /// <summary>
    /// The notation of the first date in the description, written in letters or digits; that of ISO 8601 if its name is found.
    /// </summary>
    public static DateNotation? Date(string description)
    {
        Match date = HasDigit(description) || description.Contains("yy", StringComparison.OrdinalIgnoreCase)
            ? DatePattern.Match(description)
            : Match.Empty;
        if (!date.Success)
        {
            return Iso8601.IsMatch(description) ? DateNotation.YearMonthDayDashes : null;
        }

        return date.Groups["first"] is { Success: true } yearFirst
            ? (yearFirst.ValueSpan is "-" ? DateNotation.YearMonthDayDashes : DateNotation.YearMonthDayOther)
            : (date.Groups["last"].ValueSpan is "/" ? DateNotation.YearLastSlashes : DateNotation.YearLastOther);
    }

    /// <summary>The years from 1900 to 2099 that stand in dates.</summary>
    public static IReadOnlySet<int> Years(string description) =>
        HasDigit(description)
            ? YearInDate.Matches(description).Select(year => int.Parse(year.ValueSpan, CultureInfo.InvariantCulture)).ToHashSet()
            : _noYears;

    /// <summary>Whether a day is meant: the name says so, or the description begins with it ("The departure date, …").</summary>
    public static bool IsDate(List<Word> name, List<Word> description) =>
        name.Exists(word => word.Text is "date" or "dates" or "day" or "days" or "birthday" or "birthdate" or "startdate" or "enddate"
            or "duedate")
        || description.Take(5).Any(word => word.Text is "date" or "dates");

    /// <summary>Whether a percentage or rate is meant.</summary>
    public static bool IsPercentage(List<Word> name, List<Word> description, string text) =>
        text.Contains('%') || name.Exists(IsPercent) || description.Exists(IsPercent);

    /// <summary>Whether a fraction is asked for: "as a decimal", "0.05 for 5%".</summary>
    public static bool WantsDecimal(string description) => DecimalFraction.IsMatch(description);

    // Few descriptions have one, and looking for it is cheap.
    private static bool HasDigit(string description) => description.AsSpan().ContainsAnyInRange('0', '9');

    private static bool IsPercent(Word word) =>
        word.Text is "percent" or "percents" or "percentage" or "percentages" or "pct" or "rate" or "rates" or "apr";

    [GeneratedRegex(
        @"(?<!(?:e\.g\.,?|such as|like) )\bcity[,/&(]{0,2}\s{0,2}(?:and\s|&\s)?(?:the\s|its\s)?(?:(?:2|two)-letter\s)?"
        + @"(?:state|province|country)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CityAndState { get; }

    [GeneratedRegex(@"[A-Z][\p{L}.'-]{0,24}\p{Ll}, [A-Z]{2}\b", RegexOptions.CultureInvariant)]
    private static partial Regex CityWithCode { get; }

    [GeneratedRegex(
        @"(?:yyyy|[0-9]{4})(?<first>[-/.])(?:mm?|[0-9]{1,2})\k<first>(?:dd?|[0-9]{1,2})"
        + @"|(?:mm?|dd?|[0-9]{1,2})(?<last>[-/.])(?:mm?|dd?|[0-9]{1,2})\k<last>(?:yyyy|[0-9]{4})",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DatePattern { get; }

    [GeneratedRegex(@"\bISO[- ]?8601\b|\bISO (?:date|format)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Iso8601 { get; }

    [GeneratedRegex(
        @"(?<![0-9])(?:19|20)[0-9]{2}(?=[-/.][0-9])|(?<=[0-9][-/.]|(?<![0-9])[0-9]{1,2}, )(?:19|20)[0-9]{2}(?![0-9])",
        RegexOptions.CultureInvariant)]
    private static partial Regex YearInDate { get; }

    [GeneratedRegex(@"decimal(?! (?:place|digit|point))|fraction|\b0\.[0-9]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DecimalFraction { get; }
}
