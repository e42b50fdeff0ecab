namespace ToolRM.Verification.Text;

/// <summary>Finds the parts of a message that are likely values: capitalised names and quoted strings.</summary>
internal static class SpanReader
{
    private const int MaxNames = 12;
    private const int MaxQuotes = 8;
    private const int MaxQuoteLength = 80;

    /// <summary>
    /// Names of one or more capitalised words (numbers may follow) that do not begin a sentence, the first 12. Left out are "I", stop
    /// words, and months and days of the week, which values give in other words.
    /// </summary>
    public static List<string> Names(string text)
    {
        var names = new List<string>();
        for (int i = 0; i < text.Length && names.Count < MaxNames;)
        {
            int end = EndOfToken(text, i);
            if (end == i)
            {
                i++;
                continue;
            }

            if (char.IsUpper(text[i]) && !BeginsSentence(text, i))
            {
                end = EndOfName(text, end);
                string name = WithoutPossessive(text[i..end]);
                if (IsName(name))
                {
                    names.Add(name);
                }
            }

            i = end;
        }

        return names;
    }

    /// <summary>The strings of 2 to 80 characters in quotes of any kind, the first 8. Apostrophes are no quotes.</summary>
    public static List<string> Quotes(string text)
    {
        var quotes = new List<string>();
        for (int i = 0; i + 2 < text.Length && quotes.Count < MaxQuotes; i++)
        {
            if (ClosingQuote(text[i]) is char closing && (i == 0 || !char.IsLetterOrDigit(text[i - 1])))
            {
                int end = EndOfQuote(text, i + 1, closing);
                if (end - i > 2)
                {
                    quotes.Add(text[(i + 1)..end]);
                    i = end;
                }
            }
        }

        return quotes;
    }

    private static char? ClosingQuote(char c) => c switch
    {
        '"' or '\'' or '`' => c,
        '\u201C' => '\u201D',
        '\u2018' => '\u2019',
        '\u00AB' => '\u00BB',
        '\u300C' => '\u300D',
        _ => null,
    };

    /// <summary>Index of the closing quote; 0 if there is none near.</summary>
    private static int EndOfQuote(string text, int start, char closing)
    {
        int limit = Math.Min(text.Length, start + MaxQuoteLength + 1);
        for (int i = start; i < limit; i++)
        {
            if (text[i] == closing && (i + 1 == text.Length || !char.IsLetterOrDigit(text[i + 1])))
            {
                return i;
            }
        }

        return 0;
    }

    private static int EndOfToken(string text, int start)
    {
        int i = start;
        while (i < text.Length && (char.IsLetterOrDigit(text[i]) || (i > start && text[i] is '_' or '\'' or '\u2019' or '&' or '-')))
        {
            i++;
        }

        return i;
    }

    private static int EndOfName(string text, int end)
    {
        while (end + 1 < text.Length && text[end] == ' ' && (char.IsUpper(text[end + 1]) || char.IsAsciiDigit(text[end + 1])))
        {
            end = EndOfToken(text, end + 1);
        }

        return end;
    }

    private static bool BeginsSentence(string text, int i)
    {
        int last = i - 1;
        while (last >= 0 && i - last < 4 && char.IsWhiteSpace(text[last]) && text[last] != '\n')
        {
            last--;
        }

        return last < 0 || (last < i - 1 && text[last] is '.' or '!' or '?') || text[last] == '\n';
    }

    private static string WithoutPossessive(string name)
    {
        name = name.TrimEnd('\'', '\u2019', '-', '&');
        return name.EndsWith("'s", StringComparison.Ordinal) || name.EndsWith("\u2019s", StringComparison.Ordinal) ? name[..^2] : name;
    }

    private static bool IsName(string name)
    {
        List<Word> words = Words.Scan(name);
        bool isContraction = name.Length > 1 && name[0] == 'I' && name[1] is '\'' or '\u2019';
        return words.Count > 0 && !isContraction && !words.TrueForAll(IsPlain);
    }

    private static bool IsPlain(Word word) => Words.IsStopWord(word.Text) || char.IsAsciiDigit(word.Text[0]) || word.Text is "am" or "pm"
        || Calendar.MonthOf(word.Text) is not null || Calendar.WeekdayOf(word.Text) is not null;
}
