using ToolRM.Verification.Text;

namespace ToolRM.Verification.Grounding;

/// <summary>Finds texts in the conversation as they are, or as the same words in the same order.</summary>
internal static class PhraseGrounding
{
    /// <summary>Places of a text's first word that are looked at, so that time does not grow with values times words.</summary>
    private const int MaxPlaces = 1_000;

    /// <summary>Whether a text is there as it is, or in other case, between the boundaries of words.</summary>
    public static GroundingClass? Occurrence(string text, List<Word> words, Conversation conversation)
    {
        if (words.Count == 0)
        {
            return conversation.Text.Contains(text, StringComparison.Ordinal) ? GroundingClass.Exact : null;
        }

        GroundingClass? found = null;
        foreach (int position in conversation.Positions(words[0].Text).TakeLast(MaxPlaces))
        {
            int start = conversation.Words[position].Start - words[0].Start, end = start + text.Length;
            if (start < 0 || end > conversation.Text.Length || !IsBounded(conversation.Text, start, end))
            {
                continue;
            }

            ReadOnlySpan<char> there = conversation.Text.AsSpan(start, text.Length);
            if (there.SequenceEqual(text))
            {
                return GroundingClass.Exact;
            }

            if (!IsStopWord(words) && there.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                found = GroundingClass.OtherCase;
            }
        }

        return found;
    }

    /// <summary>Whether the words follow each other; across the end of a sentence they only half belong together.</summary>
    public static GroundingClass? Sequence(List<Word> words, Conversation conversation)
    {
        if (words.Count == 0 || IsStopWord(words))
        {
            return null;
        }

        GroundingClass? found = null;
        foreach (int position in conversation.Positions(words[0].Text).TakeLast(MaxPlaces))
        {
            if (conversation.Index.IsAt(position, words))
            {
                if (!CrossesSentence(position, position + words.Count - 1, conversation))
                {
                    return GroundingClass.Words;
                }

                found = GroundingClass.HalfWords;
            }
        }

        return found;
    }

    /// <summary>Whether it is one small word (us, it, in), of which only the exact spelling tells anything (US, IT, IN).</summary>
    private static bool IsStopWord(List<Word> words) => words.Count == 1 && Words.IsStopWord(words[0].Text);

    /// <summary>Whether a part of a text cuts through no word and no number.</summary>
    private static bool IsBounded(string text, int start, int end)
    {
        if ((start > 0 && AreJoined(text[start - 1], text[start])) || (end < text.Length && AreJoined(text[end - 1], text[end])))
        {
            return false;
        }

        bool cutsNumber = end + 1 < text.Length && text[end] is '.' or ','
            && char.IsAsciiDigit(text[end - 1]) && char.IsAsciiDigit(text[end + 1]);
        return !cutsNumber;
    }

    private static bool AreJoined(char first, char second) =>
        char.IsLetterOrDigit(first) && char.IsLetterOrDigit(second) && !Letters.IsUnspaced(first) && !Letters.IsUnspaced(second);

    private static bool CrossesSentence(int first, int last, Conversation conversation)
    {
        for (int i = first; i < last; i++)
        {
            Word word = conversation.Words[i];
            int end = word.Start + word.Length;
            ReadOnlySpan<char> gap = conversation.Text.AsSpan(end, conversation.Words[i + 1].Start - end);

            // A short word before the point is an abbreviation (St. Louis).
            if (gap.ContainsAny("!?;\n") || (word.Length > 3 && gap.StartsWith(". ")))
            {
                return true;
            }
        }

        return false;
    }
}
