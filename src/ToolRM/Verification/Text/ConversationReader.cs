using System.Text;
using System.Text.Json;

namespace ToolRM.Verification.Text;

/// <summary>Puts a conversation together: one text, its words, and everything that is found in them.</summary>
internal static class ConversationReader
{
    public static Conversation Read(IReadOnlyList<ChatMessage> messages)
    {
        var builder = new StringBuilder();
        var userParts = new List<(int Start, int End)>();
        foreach (ChatMessage message in messages)
        {
            int start = builder.Length;
            builder.Append(message.Content);
            if (message.Role == ChatRole.User)
            {
                userParts.Add((start, builder.Length));
            }

            foreach (ToolCall call in message.ToolCalls)
            {
                AppendValues(call.Arguments, builder);
            }

            builder.Append('\n');
        }

        return Build(builder.ToString(), userParts);
    }

    private static Conversation Build(string text, List<(int Start, int End)> userParts)
    {
        List<Word> words = Words.Scan(text), userWords = WordsWithin(words, userParts);
        (int start, int end) = userParts.Count > 0 ? userParts[^1] : (0, 0);
        string lastTurn = text[start..end];
        List<Word> lastWords = WordsWithin(words, [(start, end)]);
        HashSet<string> lastStems = StemsOf(lastWords);
        for (int i = 0; i < lastWords.Count; i++)
        {
            lastWords[i] = lastWords[i] with { Start = lastWords[i].Start - start };
        }

        var index = new WordIndex(words);
        return new Conversation
        {
            Text = text,
            Lower = text.ToLowerInvariant(),
            LastTurn = lastTurn,
            Words = words,
            Index = index,
            WordSet = new HashSet<string>(index.Distinct, StringComparer.Ordinal),
            Stems = StemsOf(words),
            UserStems = userParts.Count == 1 ? lastStems : StemsOf(userWords),
            LastTurnWords = lastWords,
            LastTurnStems = lastStems,
            Numbers = NumberMentions.Read(text, words, lastTurn),
            Dates = DateMentions.Read(text, words),
            Times = TimeMentions.Read(text, words),
            Names = SpanReader.Names(lastTurn),
            Quotes = SpanReader.Quotes(lastTurn),
            HasNegation = Cues.Negate(text, userWords),
            ListCues = Cues.CountLists(lastTurn, lastWords),
            NumberLists = Cues.CountNumberLists(lastTurn, lastWords),
            SaysRespectively = lastStems.Contains(Words.Stem("respectively")),
        };
    }

    private static void AppendValues(JsonElement value, StringBuilder builder)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty property in value.EnumerateObject())
                {
                    AppendValues(property.Value, builder);
                }

                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray())
                {
                    AppendValues(item, builder);
                }

                break;
            case JsonValueKind.String:
                builder.Append('\n').Append(value.GetString());
                break;
            case JsonValueKind.Number:
                builder.Append('\n').Append(value.GetRawText());
                break;
        }
    }

    private static List<Word> WordsWithin(List<Word> words, List<(int Start, int End)> parts)
    {
        var within = new List<Word>();
        int next = 0;
        foreach ((int start, int end) in parts)
        {
            for (; next < words.Count && words[next].Start < end; next++)
            {
                if (words[next].Start >= start)
                {
                    within.Add(words[next]);
                }
            }
        }

        return within;
    }

    private static HashSet<string> StemsOf(List<Word> words)
    {
        var stems = new HashSet<string>(words.Count, StringComparer.Ordinal);
        foreach (Word word in words)
        {
            stems.Add(word.Stem);
        }

        return stems;
    }
}
