using System.Text.RegularExpressions;

namespace ToolRM.Verification.Schemas;

/// <summary>Finds the example values of a description: what it quotes, and what follows "e.g.", "such as", "for example", "like".</summary>
internal static partial class DescribedExamples
{
    private const int MaxExamples = 12;
    private const int MaxLength = 60;
    private const int MaxListLength = 200;

    /// <summary>The examples, at most 12 of at most 60 characters; notations such as YYYY-MM-DD are none.</summary>
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
        int i = start;
        for (; i < limit && !EndsList(text, i); i++)
        {
            if (EndOfQuote(text, i) is int end)
            {
                i = Math.Min(end, limit - 1);
                item = i + 1;
                before = null;
            }
            else if (text[i] == ',')
            {
                before = AddItem(examples, text.AsSpan(item, i - item), before);
                item = i + 1;
            }
            else if (text.AsSpan(i).StartsWith(" or ", StringComparison.Ordinal))
            {
                AddItem(examples, text.AsSpan(item, i - item), before);
                (before, item) = (null, i + 4);
            }
        }

        AddItem(examples, text.AsSpan(Math.Min(item, i), Math.Max(0, i - item)), before);
        return i;
    }

    /// <summary>Adds an item, or, if it is the code of a state or country, joins it with the place before: "Boston, MA".</summary>
    /// <returns>The item if the next may belong to it.</returns>
    private static string? AddItem(List<string> examples, ReadOnlySpan<char> item, string? before)
    {
        ReadOnlySpan<char> value = Trim(item);
        bool isCode = value.Length is 2 or 3 && !value.ContainsAnyExceptInRange('A', 'Z');
        if (isCode && before is not null && examples.Remove(before))
        {
            Add(examples, $"{before}, {value}");
            return null;
        }

        return Add(examples, value) && char.IsUpper(value[0]) && !isCode ? examples[^1] : null;
    }

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
        || (text[i] == '.' && (i + 1 == text.Length || (text[i + 1] == ' ' && !EndsAbbreviation(text.AsSpan(Math.Max(0, i - 4), Math.Min(4, i))))));

    private static bool EndsAbbreviation(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> word = text[(text.LastIndexOfAny(" .,(") + 1)..];
        return word is "St" or "Mt" or "Ft" or "Dr" or "Mr" or "Ms" or "Mrs" or "vs" or "No" || (word.Length == 1 && char.IsUpper(word[0]));
    }

    [GeneratedRegex(
        @"\be\.?g\.?[,:]?\s|\bsuch as:?\s|\bfor (?:example|instance)[,:]?\s|\bexamples?(?: values?| formats?)?(?: is| are|:)\s|\blike\s(?=(?-i:[0-9A-Z]))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Marker { get; }

    [GeneratedRegex(@"yyyy|\bmm[-/:.]dd|\bdd[-/:.]mm|^hh:", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NotationPattern { get; }
}
