using ToolRM.Verification.Text;

namespace ToolRM.Verification.Grounding;

/// <summary>Finds abbreviations by first letters: NFL for National Football League.</summary>
internal static class Initials
{
    private const int MaxLength = 5;

    /// <summary>Whether a text is initials of capitalised words of the conversation, or its own initials, three or more, are in it.</summary>
    public static bool Match(string text, List<Word> words, Conversation conversation)
    {
        if (words.Count is >= 3 and <= MaxLength)
        {
            return conversation.WordSet.Contains(string.Concat(words.Select(word => word.Text[0])));
        }

        return text.Length is >= 2 and <= MaxLength && !text.AsSpan().ContainsAnyExceptInRange('A', 'Z') && AreIn(text, conversation);
    }

    private static bool AreIn(string initials, Conversation conversation)
    {
        int matched = 0;
        for (int i = 0; i < conversation.Words.Count; i++)
        {
            char first = conversation.Text[conversation.Words[i].Start];
            matched = first == initials[matched] ? matched + 1 : first == initials[0] ? 1 : 0;
            if (matched == initials.Length)
            {
                return true;
            }
        }

        return false;
    }
}
