using System.Globalization;
using System.Text.RegularExpressions;

namespace ToolRM.Verification.Schemas;

/// <summary>Finds the default that a description names: "Defaults to 'metric'", "(default 10)", "celsius by default".</summary>
internal static partial class DescribedDefault
{
    /// <summary>The default in lower case; <see langword="null"/> if none is named. Unquoted it is a single word.</summary>
    public static string? Read(string description)
    {
        if (!description.Contains("default", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        foreach (Match match in After.Matches(description))
        {
            bool isLinked = match.Groups["link"].ValueSpan.Trim() is not ("" or "value" or "values")
                || (match.Index > 0 && description[match.Index - 1] is '(' or '[');
            if (Value(match, isLinked) is { } value)
            {
                return value;
            }
        }

        // What is "included by default" is no value.
        return Before.Match(description) is { Success: true } before
            ? Value(before, isSure: !before.ValueSpan.Contains("ed by ", StringComparison.OrdinalIgnoreCase))
            : null;
    }

    private static string? Value(Match match, bool isSure)
    {
        if (match.Groups["quoted"] is { Success: true } quoted)
        {
            return quoted.Value.Trim().ToLowerInvariant();
        }

        string word = match.Groups["word"].Value.Trim('.', '$', '%').TrimEnd('-').ToLowerInvariant();
        bool isLiteral = word is "true" or "false" or "none" or "null" or "empty"
            || double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        return isLiteral || (isSure && word.Length > 0 && !IsFiller(word)) ? word : null;
    }

    private static bool IsFiller(string word) => word is "the" or "a" or "an" or "this" or "that" or "it" or "its" or "if" or "when"
        or "will" or "in" or "not" or "is" or "are" or "used" or "be" or "for" or "by" or "your" or "and" or "or" or "on";

    [GeneratedRegex(
        @"(?<!\bby )default(?:s|ed)?(?<link>(?:\s{1,2}(?:values?|is|are|to|of|as|set|be|being|assumed)\b|\s?[:=]){0,5})\s{0,2}"
        + @"(?:an?\s(?=empty))?"
        + """(?:['"`“‘](?<quoted>[^'"`”’]{0,40})['"`”’]|(?<word>[\p{L}0-9_.+$%-]{1,40}))""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex After { get; }

    [GeneratedRegex(
        """(?:['"`“‘](?<quoted>[^'"`”’]{1,40})['"`”’]|(?<word>[\p{L}0-9_.+$%-]{1,40}))"""
        + @"\s(?:is\s(?:used|assumed)\s)?by default\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Before { get; }
}
