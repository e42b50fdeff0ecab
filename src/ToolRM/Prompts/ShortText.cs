namespace ToolRM.Prompts;

/// <summary>Shortens descriptions to a number of characters.</summary>
internal static class ShortText
{
    /// <summary>
    /// The beginning of a text, with every run of white space as one space, cut before the word that would exceed
    /// <paramref name="limit"/> characters; a first word that is too long by itself is cut inside.
    /// </summary>
    public static string Cut(string text, int limit)
    {
        Span<char> buffer = stackalloc char[limit + 1];
        int length = 0;
        foreach (char c in text)
        {
            bool isSpace = char.IsWhiteSpace(c);
            if (isSpace && (length == 0 || buffer[length - 1] == ' '))
            {
                continue;
            }

            buffer[length++] = isSpace ? ' ' : c;
            if (length > limit)
            {
                return new string(CutLastWord(buffer));
            }
        }

        return new string(buffer[..length].TrimEnd(' '));
    }

    private static ReadOnlySpan<char> CutLastWord(ReadOnlySpan<char> text)
    {
        int space = text.LastIndexOf(' ');
        if (space > 0)
        {
            return text[..space];
        }

        ReadOnlySpan<char> head = text[..^1];
        return char.IsHighSurrogate(head[^1]) ? head[..^1] : head;
    }
}
