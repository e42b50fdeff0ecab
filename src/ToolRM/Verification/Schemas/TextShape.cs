using System.Text;

namespace ToolRM.Verification.Schemas;

/// <summary>
/// The shape of a text: runs of words by their case, everything else as it is. "New York, NY" and "Los Angeles, CA" have the same.
/// </summary>
internal static class TextShape
{
    private const char Capitals = 'A';
    private const char Capitalised = 'T';
    private const char Small = 'a';

    /// <summary>
    /// The shape: <c>A</c> for words of at most three letters that are all capitals, <c>T</c> for others that begin with a capital,
    /// <c>a</c> for the rest, <c>0</c> for runs of digits. Words of the same kind with single spaces between them count once.
    /// </summary>
    public static string Of(string text)
    {
        var shape = new StringBuilder(Math.Min(text.Length, 64));
        int i = 0;
        while (i < text.Length)
        {
            int end = i + 1;
            if (char.IsLetter(text[i]))
            {
                while (end < text.Length && char.IsLetter(text[end]))
                {
                    end++;
                }

                AppendWord(shape, Kind(text.AsSpan(i, end - i)));
            }
            else if (char.IsDigit(text[i]))
            {
                while (end < text.Length && char.IsDigit(text[end]))
                {
                    end++;
                }

                shape.Append('0');
            }
            else
            {
                shape.Append(text[i]);
            }

            i = end;
        }

        return shape.ToString();
    }

    private static char Kind(ReadOnlySpan<char> word)
    {
        if (!char.IsUpper(word[0]))
        {
            return Small;
        }

        bool isAllCapitals = word.Length <= 3;
        foreach (char c in word)
        {
            isAllCapitals &= char.IsUpper(c);
        }

        return isAllCapitals ? Capitals : Capitalised;
    }

    private static void AppendWord(StringBuilder shape, char kind)
    {
        if (shape.Length >= 2 && shape[^1] == ' ' && shape[^2] == kind)
        {
            shape.Length--;
        }
        else
        {
            shape.Append(kind);
        }
    }
}
