namespace ToolRM.Verification.Text;

/// <summary>Which half of the day a time is in.</summary>
internal enum DayHalf
{
    Open,
    BeforeNoon,
    AfterNoon,
}

/// <summary>A time of day that begins a text.</summary>
/// <param name="Hour">The hour as written.</param>
/// <param name="Minute">The minute; 0 if none is given.</param>
/// <param name="Half">The half of the day that is said.</param>
/// <param name="IsClear">Whether the text can only be a time: it has minutes or says am, pm, o'clock or the like.</param>
/// <param name="Length">Number of its characters.</param>
internal readonly record struct ClockTime(int Hour, int Minute, DayHalf Half, bool IsClear, int Length)
{
    private static readonly (string Text, DayHalf Half)[] _suffixes =
    [
        ("am", DayHalf.BeforeNoon), ("a.m.", DayHalf.BeforeNoon), ("a.m", DayHalf.BeforeNoon),
        ("pm", DayHalf.AfterNoon), ("p.m.", DayHalf.AfterNoon), ("p.m", DayHalf.AfterNoon),
        ("o'clock", DayHalf.Open), ("o\u2019clock", DayHalf.Open), ("oclock", DayHalf.Open),
        ("in the morning", DayHalf.BeforeNoon), ("in the afternoon", DayHalf.AfterNoon), ("in the evening", DayHalf.AfterNoon),
        ("this morning", DayHalf.BeforeNoon), ("this afternoon", DayHalf.AfterNoon), ("this evening", DayHalf.AfterNoon),
        ("at night", DayHalf.AfterNoon), ("tonight", DayHalf.AfterNoon),
    ];

    /// <summary>Reads the time at the beginning of a text: <c>7</c>, <c>7pm</c>, <c>7.30 p.m.</c>, <c>19:30</c>, <c>19:30:00</c>.</summary>
    public static ClockTime? Read(ReadOnlySpan<char> text)
    {
        int digits = Digits.Count(text);
        if (digits is not (1 or 2))
        {
            return null;
        }

        int hour = Digits.Read(text[..digits]) ?? 0, minute = 0, end = digits;
        bool hasColon = HasPart(text, end, ':');
        if (hasColon || HasPart(text, end, '.'))
        {
            minute = Digits.Read(text.Slice(end + 1, 2)) ?? 0;
            end += 3;
        }

        if (hasColon && HasPart(text, end, ':'))
        {
            end += 3;
            end += end < text.Length && text[end] == '.' ? 1 + Digits.Count(text[(end + 1)..]) : 0;
        }

        bool hasSuffix = ReadSuffix(text[end..], out DayHalf half, out int suffixLength);
        if (half == DayHalf.Open && hasColon && digits == 2 && text[0] == '0')
        {
            half = DayHalf.BeforeNoon;
        }

        // 7.30 alone may be a number.
        return hour <= 24 && minute < 60 ? new(hour, minute, half, hasColon || hasSuffix, end + suffixLength) : null;
    }

    /// <summary>Reads what may stand behind an hour: am, o'clock, in the evening.</summary>
    /// <param name="text">The text behind the hour, with at most two spaces before.</param>
    /// <param name="half">The half of the day.</param>
    /// <param name="length">Number of its characters with the spaces; 0 if there is none.</param>
    public static bool ReadSuffix(ReadOnlySpan<char> text, out DayHalf half, out int length)
    {
        int spaces = 0;
        while (spaces < text.Length && spaces < 2 && text[spaces] is ' ' or '\u00A0' or '\u202F')
        {
            spaces++;
        }

        ReadOnlySpan<char> rest = text[spaces..];
        if (rest.Length >= 2 && char.IsAsciiLetter(rest[0]))
        {
            foreach ((string suffix, DayHalf suffixHalf) in _suffixes)
            {
                if (rest.StartsWith(suffix, StringComparison.OrdinalIgnoreCase)
                    && (rest.Length == suffix.Length || !char.IsLetterOrDigit(rest[suffix.Length])))
                {
                    (half, length) = (suffixHalf, spaces + suffix.Length);
                    return true;
                }
            }
        }

        (half, length) = (DayHalf.Open, 0);
        return false;
    }

    /// <summary>The hour of 24; of a time that may be in either half, the one in the first.</summary>
    public int HourOfDay => Half switch
    {
        DayHalf.AfterNoon when Hour <= 12 => (Hour % 12) + 12,
        DayHalf.BeforeNoon when Hour == 12 => 0,
        _ => Hour,
    };

    /// <summary>Whether a separator and two digits, minutes or seconds, stand at an index.</summary>
    private static bool HasPart(ReadOnlySpan<char> text, int i, char separator) =>
        i < text.Length && text[i] == separator && Digits.Count(text[(i + 1)..]) == 2;
}
