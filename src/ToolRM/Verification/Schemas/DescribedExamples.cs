using System.Text.RegularExpressions;
using ToolRM.Verification.Tables;

namespace ToolRM.Verification.Schemas;

/// <summary>Finds the example values of a description: what it quotes, and what follows "e.g.", "such as", "for example", "like".</summary>
internal static partial class DescribedExamples
{
    private const int MaxExamples = 12;
    private const int MaxLength = 60;
    private const int MaxListLength = 200;

    /// <summary>The examples, at most 12 of at most 60 characters; notations (YYYY-MM-DD; City, State) are none.</summary>
    public static List<string> Read(string description)
    {
        var examples = new List<string>();
        for (int i = 0; i < description.Length; i++)
        {
            if (EndOfQuote(description, i) is int end)
            {
                Add(examples, description.AsSpan(i + 1, end - i - 1));
                i = end;
            }
        }

        int read = 0;
        foreach (ValueMatch marker in Marker.EnumerateMatches(description))
        {
            // A list that names another marker is read once.
            if (marker.Index >= read)
            {
                read = ReadList(examples, description, marker.Index + marker.Length);
            }
        }

        return examples;
    }

    /// <summary>Index of the quotation mark that ends what begins at an index; <see langword="null"/> if nothing does.</summary>
    private static int? EndOfQuote(string text, int start)
    {
        char close = text[start] switch
        {
            '\'' or '"' or '`' => text[start],
            '“' => '”',
            '‘' => '’',
            _ => '\0',
        };
        if (close == '\0' || (start > 0 && char.IsLetterOrDigit(text[start - 1])))
        {
            return null;
        }

        int last = Math.Min(text.Length - 1, start + MaxLength + 1);
        for (int end = start + 1; end <= last; end++)
        {
            // The apostrophe of "driver's" ends nothing.
            if (text[end] == close && (end + 1 == text.Length || !char.IsLetterOrDigit(text[end + 1])))
            {
                return end > start + 1 ? end : null;
            }
        }

        return null;
    }

    /// <summary>Adds the values of a list that are not quoted.</summary>
    /// <returns>Index of the list's end.</returns>
    private static int ReadList(List<string> examples, string text, int start)
    {
        int limit = Math.Min(text.Length, start + MaxListLength);
        int item = start;
        string? before = null;
        bool isQuoted = false;
        int i = start;
        for (; i < limit && !EndsList(text, i); i++)
        {
            if (EndOfQuote(text, i) is int end)
            {
                i = Math.Min(end, limit - 1);
                (isQuoted, before) = (true, null);
            }
            else if (text[i] == ',')
            {
                before = isQuoted ? null : AddItem(examples, text.AsSpan(item, i - item), before);
                (item, isQuoted) = (i + 1, false);
            }
            else if (text.AsSpan(i).StartsWith(" or ", StringComparison.Ordinal))
            {
                AddUnlessQuoted(i);
                (item, isQuoted, before) = (i + 4, false, null);
            }
        }

        AddUnlessQuoted(i);
        return i;

        // What stands beside a quoted value ("'en' for English") explains it.
        void AddUnlessQuoted(int end)
        {
            if (!isQuoted && item < end)
            {
                AddItem(examples, text.AsSpan(item, end - item), before);
            }
        }
    }

    /// <summary>Adds an item, or, if it is the code of a state or country, joins it with the place before: "Boston, MA".</summary>
    /// <returns>The item if the next may belong to it.</returns>
    private static string? AddItem(List<string> examples, ReadOnlySpan<char> item, string? before)
    {
        ReadOnlySpan<char> value = Trim(item);
        bool isCode = IsCode(value);
        if (isCode && before is not null && examples.Remove(before))
        {
            Add(examples, $"{before}, {value}");
            return null;
        }

        return Add(examples, value) && char.IsUpper(value[0]) && !isCode ? examples[^1] : null;
    }

    private static bool IsCode(ReadOnlySpan<char> text) => text is "UK" or "US" or "USA" or "UAE"
        || (text.Length == 2 && !text.ContainsAnyExceptInRange('A', 'Z') && States.Name(text.ToString().ToLowerInvariant()) is not null);

    private static bool Add(List<string> examples, ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> value = Trim(text);
        if (value.IsEmpty || value.Length > MaxLength || examples.Count == MaxExamples || value is "etc" || NotationPattern.IsMatch(value))
        {
            return false;
        }

        string example = value.ToString();
        if (examples.Contains(example))
        {
            return false;
        }

        examples.Add(example);
        return true;
    }

    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text) => text.Trim(" \t\r\n.:[]{}<>'\"`*");

    /// <summary>Whether a list ends: at brackets, semicolons, line ends and full stops, but not at those of "St." and "J.".</summary>
    private static bool EndsList(string text, int i) => text[i] is ')' or ';' or '\n'
        || (text[i] == '.' && (i + 1 == text.Length || (text[i + 1] == ' ' && !EndsAbbreviation(text.AsSpan(0, i)))));

    private static bool EndsAbbreviation(ReadOnlySpan<char> text)
    {
        text = text[Math.Max(0, text.Length - 4)..];
        ReadOnlySpan<char> word = text[(text.LastIndexOfAny(" .,(") + 1)..];
        return word is "St" or "Mt" or "Ft" or "Dr" or "Mr" or "Ms" or "Mrs" or "vs" or "No" || (word.Length == 1 && char.IsUpper(word[0]));
    }

    [GeneratedRegex(
        @"\be\.?g\.?[,:]?\s|\bsuch as:?\s|\bfor (?:example|instance)[,:]?\s"
        + @"|\bexamples?(?: values?| formats?)?(?: is| are|:)\s|\blike\s(?=(?-i:[0-9A-Z]))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Marker { get; }

    [GeneratedRegex(
        @"yyyy|\bmm[-/:.]dd|\bdd[-/:.]mm|^hh:|^(?:.{0,20} )?city, "
        + "|^(?:city|state|country|region|address|zip code|postal code|coordinates|first last)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NotationPattern { get; }
}
