namespace ToolRM.Synthesis;

/// <summary>Finds values in sentences.</summary>
internal static class TextSearch
{
    /// <summary>Longer values are not searched: no one repeats them word for word, and it would take the product of both lengths.</summary>
    private const int MaxLength = 256;

    /// <summary>Where a value first stands between word boundaries, whatever its case; -1 if it does not.</summary>
    public static int IndexOfWord(string text, string value)
    {
        if (value.Length is 0 or > MaxLength)
        {
            return -1;
        }

        for (int index = 0; index <= text.Length - value.Length; index++)
        {
            index = text.IndexOf(value, index, StringComparison.OrdinalIgnoreCase);
            if (index < 0)
            {
                return -1;
            }

            if (!Continues(text, index, -1) && !Continues(text, index + value.Length - 1, 1))
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>Where a value stands if it stands in one place only; otherwise -1.</summary>
    public static int IndexOfOnly(string text, string value)
    {
        int index = IndexOfWord(text, value);
        return index >= 0 && text.IndexOf(value, index + 1, StringComparison.OrdinalIgnoreCase) < 0
            && text.IndexOf(value, StringComparison.OrdinalIgnoreCase) == index
                ? index
                : -1;
    }

    public static bool HasWord(string text, string value) => IndexOfWord(text, value) >= 0;

    /// <summary>Whether the word or number that the character belongs to goes on in the direction.</summary>
    private static bool Continues(string text, int index, int direction)
    {
        int next = index + direction;
        if (next < 0 || next >= text.Length || !char.IsLetterOrDigit(text[index]))
        {
            return false;
        }

        // A point or comma between digits is part of a number.
        int after = next + direction;
        return char.IsLetterOrDigit(text[next])
            || (text[next] is '.' or ',' && char.IsDigit(text[index]) && after >= 0 && after < text.Length && char.IsDigit(text[after]));
    }
}
