namespace ToolRM.Verification.Text;

/// <summary>The times of day that a conversation mentions. Immutable.</summary>
internal sealed class TimeMentions
{
    /// <summary>Hours and minutes, 00:00 to 24:00; both halves of the day where the text leaves it open.</summary>
    public required IReadOnlySet<(int Hour, int Minute)> Values { get; init; }

    /// <summary>The times of a conversation.</summary>
    public static TimeMentions Read(string text, IReadOnlyList<Word> words)
    {
        var reader = new TimeReader(text, words);
        reader.Read();
        return new TimeMentions { Values = reader.Values };
    }

    /// <summary>Reads a text that is a time and nothing else: <c>19:30</c>, <c>7:30 pm</c>, <c>19:30:00</c>, <c>7pm</c>.</summary>
    public static (int Hour, int Minute)? Read(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        return ClockTime.Read(text) is { IsClear: true } time && (time.Length == text.Length || text[time.Length..] is "Z" or "z")
            ? (time.HourOfDay, time.Minute)
            : null;
    }
}
