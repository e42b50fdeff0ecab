using System.Buffers;

namespace ToolRM.Synthesis;

/// <summary>Finds numbers of right calls in the request, where a unit can be put after them.</summary>
internal static class RequestNumbers
{
    /// <summary>Words after which a number goes on as a part of the sentence; any other word is what the number counts.</summary>
    private static readonly string[] _connectives =
    [
        "and", "or", "for", "with", "in", "to", "as", "on", "at", "from", "the", "is", "of", "by", "after", "over", "please", "then", "also",
        "using", "per",
    ];

    private static readonly SearchValues<char> _endsOfWords = SearchValues.Create(" .,;?!)\n");

    /// <summary>Where the newest turn has the number, if it has it once and nothing that it counts; otherwise -1.</summary>
    public static int IndexOf(Draft draft, ArgumentSlot slot)
    {
        string digits = slot.Value.GetRawText(), request = draft.Request;
        int index = TextSearch.IndexOfOnly(request, digits);
        return index >= 0 && !HasUnitBefore(request, index) && EndsThere(request.AsSpan(index + digits.Length)) ? index : -1;
    }

    /// <summary>Puts a unit after the number.</summary>
    public static void Append(Draft draft, ArgumentSlot slot, string unit) =>
        draft.ReplaceInRequest(IndexOf(draft, slot) + slot.Value.GetRawText().Length, 0, unit);

    private static bool HasUnitBefore(string request, int index) =>
        index > 0 && request[index - 1] is '$' or '€' or '£' or '-' or '/' or ':' or '#';

    private static bool EndsThere(ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty || rest[0] is '.' or ',' or ';' or '?' or '!' or ')' or '\n')
        {
            return true;
        }

        if (rest[0] != ' ')
        {
            return false;
        }

        ReadOnlySpan<char> word = rest[1..];
        int end = word.IndexOfAny(_endsOfWords);
        word = end < 0 ? word : word[..end];
        foreach (string connective in _connectives)
        {
            if (word.Equals(connective, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
