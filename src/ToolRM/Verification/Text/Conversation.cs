using System.Globalization;

namespace ToolRM.Verification.Text;

/// <summary>What a conversation says: its words, and the numbers, dates, times and names it mentions. Immutable.</summary>
internal sealed class Conversation
{
    private const int ShortestForm = 4;
    private ILookup<string, string>? _forms;

    private const int MaxPlaces = 4, MaxTriedPlaces = 64;

    /// <summary>Reads the messages. Takes time linear in their length.</summary>
    public static Conversation Read(IReadOnlyList<ChatMessage> messages) => ConversationReader.Read(messages);

    /// <summary>The contents of all messages and the arguments of earlier calls, joined by line breaks.</summary>
    public required string Text { get; init; }

    /// <summary><see cref="Text"/> in lower case (invariant), of the same length.</summary>
    public required string Lower { get; init; }

    /// <summary>The newest message of the user; empty if there is none.</summary>
    public required string LastTurn { get; init; }

    /// <summary>The words of <see cref="Text"/>.</summary>
    public required IReadOnlyList<Word> Words { get; init; }

    /// <summary>The different words of <see cref="Text"/>.</summary>
    public required IReadOnlySet<string> WordSet { get; init; }

    /// <summary>Their stems.</summary>
    public required IReadOnlySet<string> Stems { get; init; }

    /// <summary>The stems of all the user's messages.</summary>
    public required IReadOnlySet<string> UserStems { get; init; }

    /// <summary>The words of <see cref="LastTurn"/>, with their places in it.</summary>
    public required IReadOnlyList<Word> LastTurnWords { get; init; }

    /// <summary>The stems of <see cref="LastTurn"/>.</summary>
    public required IReadOnlySet<string> LastTurnStems { get; init; }

    /// <summary>All numbers mentioned.</summary>
    public required NumberMentions Numbers { get; init; }

    /// <summary>All days mentioned.</summary>
    public required DateMentions Dates { get; init; }

    /// <summary>All times of day mentioned.</summary>
    public required TimeMentions Times { get; init; }

    /// <summary>Capitalised names in <see cref="LastTurn"/> that do not begin a sentence; at most 12.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Quoted strings in <see cref="LastTurn"/>; at most 8.</summary>
    public required IReadOnlyList<string> Quotes { get; init; }

    /// <summary>Whether the user negates something (no, not, don't, without, …).</summary>
    public required bool HasNegation { get; init; }

    /// <summary>Signs in <see cref="LastTurn"/> that several things are asked (and, then, also, both, each, ";" …), counted.</summary>
    public required int ListCues { get; init; }

    /// <summary>Places in <see cref="LastTurn"/> where numbers follow each other as in a list ("3, 5 and 7").</summary>
    public required int NumberLists { get; init; }

    /// <summary>Whether <see cref="LastTurn"/> says "respectively".</summary>
    public required bool SaysRespectively { get; init; }

    /// <summary>Where the words are.</summary>
    public required WordIndex Index { get; init; }

    /// <summary>Indices in <see cref="Words"/> of a word in lower case.</summary>
    public IReadOnlyList<int> Positions(string word) => Index.Positions(word);

    /// <summary>
    /// Whether a stem is the short form of one in the conversation, or the other way round: stat and statistic, info and information. A
    /// short form has at least four letters.
    /// </summary>
    public bool HasShortOrLongForm(string stem)
    {
        if (stem.Length < ShortestForm)
        {
            return false;
        }

        _forms ??= Stems.Where(other => other.Length >= ShortestForm).ToLookup(other => other[..ShortestForm], StringComparer.Ordinal);
        return _forms[stem[..ShortestForm]].Any(
            other => other.StartsWith(stem, StringComparison.Ordinal) || stem.StartsWith(other, StringComparison.Ordinal));
    }

    /// <summary>Whether the words follow each other somewhere.</summary>
    public bool ContainsPhrase(IReadOnlyList<Word> words)
    {
        if (words.Count > 0)
        {
            foreach (int position in Index.Positions(words[0].Text))
            {
                if (Index.IsAt(position, words))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>
    /// Where a value occurs, as first and last index in <see cref="Words"/>: its last places, at most four, in their order; if it does
    /// not occur as a whole, those of its first word. A number is found in words too.
    /// </summary>
    public IReadOnlyList<(int First, int Last)> Locate(string value)
    {
        List<Word> words = Verification.Text.Words.Scan(value);
        if (words.Count == 0)
        {
            return [];
        }

        ArraySegment<int> positions = Index.Positions(words[0].Text);
        if (words.Count == 1 && positions.Count == 0)
        {
            positions = SameNumber(words[0].Text);
        }

        var places = new List<(int First, int Last)>();
        for (int i = positions.Count - 1; i >= Math.Max(0, positions.Count - MaxTriedPlaces) && places.Count < MaxPlaces; i--)
        {
            if (words.Count == 1 || Index.IsAt(positions[i], words))
            {
                places.Add((positions[i], positions[i] + words.Count - 1));
            }
        }

        places.Reverse();
        return places.Count > 0 ? places : [.. positions.TakeLast(MaxPlaces).Select(position => (position, position))];
    }

    /// <summary>Where a number stands in other words: 2.0 as 2 or two.</summary>
    private ArraySegment<int> SameNumber(string word)
    {
        if (!double.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
        {
            return ArraySegment<int>.Empty;
        }

        ArraySegment<int> digits = Index.Positions(number.ToString(CultureInfo.InvariantCulture));
        return digits.Count > 0 ? digits : Index.Positions(SpokenNumbers.NameOf(number) ?? word);
    }
}
