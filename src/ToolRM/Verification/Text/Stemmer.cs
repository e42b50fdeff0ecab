using System.Buffers;

namespace ToolRM.Verification.Text;

/// <summary>
/// Brings forms of an English word together: plurals (cities, city), -ing and -ed (planning, planned, plan), -tion (calculation,
/// calculate). Much lighter than Porter's stemmer, which joins words that mean different things (station, state).
/// </summary>
internal static class Stemmer
{
    private const int MaxLength = 64;

    private static readonly SearchValues<char> _vowels = SearchValues.Create("aeiouy");

    /// <summary>The stem of a word in lower case; words with anything but a to z in them stay as they are.</summary>
    public static string Stem(string word)
    {
        if (word.Length is < 3 or > MaxLength || word.AsSpan().ContainsAnyExceptInRange('a', 'z'))
        {
            return word;
        }

        Span<char> buffer = stackalloc char[MaxLength];
        word.CopyTo(buffer);
        int length = WithoutPlural(buffer[..word.Length]);
        length = WithoutVerbEnding(buffer, length);
        length = WithoutFinalLetter(buffer[..length]);
        ReadOnlySpan<char> stem = buffer[..length];
        return stem.SequenceEqual(word) ? word : new string(stem);
    }

    private static int WithoutPlural(ReadOnlySpan<char> word)
    {
        int length = word.Length;
        if (length < 4 || word[^1] != 's' || word[^2] is 's' or 'u' or 'i')
        {
            return length;
        }

        if (length > 4 && word.EndsWith("ies"))
        {
            return length - 2;
        }

        bool hasE = word.EndsWith("sses") || word.EndsWith("xes") || word.EndsWith("zes") || word.EndsWith("ches") || word.EndsWith("shes")
            || word.EndsWith("oes");
        return hasE && length > 4 ? length - 2 : length - 1;
    }

    private static int WithoutVerbEnding(Span<char> buffer, int length)
    {
        ReadOnlySpan<char> word = buffer[..length];
        int stem = word.EndsWith("ing") ? length - 3
            : word.EndsWith("ed") && !word.EndsWith("eed") ? length - 2
            : word.EndsWith("tion") && length >= 8 ? length - 3
            : length;
        if (stem == length || stem < 3 || !word[..stem].ContainsAny(_vowels))
        {
            return length;
        }

        if (stem == 3 && IsConsonant(word[0]) && !IsConsonant(word[1]) && IsConsonant(word[2]) && word[2] is not ('w' or 'x' or 'y'))
        {
            // Making is of make, while planning has its consonant twice.
            buffer[3] = 'e';
            return 4;
        }

        char last = word[stem - 1];
        bool isDouble = stem > 3 && last == word[stem - 2] && IsConsonant(last) && last is not ('l' or 's' or 'z');
        return isDouble ? stem - 1 : stem;
    }

    private static int WithoutFinalLetter(Span<char> word)
    {
        int length = word.Length;
        if (word[^1] == 'y' && length >= 3 && IsConsonant(word[^2]))
        {
            word[^1] = 'i';
        }

        return length >= 5 && word[^1] == 'e' || length >= 6 && word[^1] == 'l' && word[^2] == 'l' ? length - 1 : length;
    }

    private static bool IsConsonant(char c) => c is not ('a' or 'e' or 'i' or 'o' or 'u');
}
