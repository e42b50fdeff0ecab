namespace ToolRM.Verification.Text;

/// <summary>Finds the times of day that a text names.</summary>
internal sealed class TimeReader(string text, IReadOnlyList<Word> words)
{
    public HashSet<(int Hour, int Minute)> Values { get; } = [];

    public void Read()
    {
        int end = 0;
        for (int i = 0; i < words.Count; i++)
        {
            string word = words[i].Text;
            if (words[i].Start < end)
            {
                continue;
            }

            if (char.IsAsciiDigit(word[0]))
            {
                end = ReadDigits(i);
                continue;
            }

            switch (word)
            {
                case "noon" or "midday":
                    Values.Add((12, 0));
                    break;
                case "midnight":
                    Values.Add((0, 0));
                    Values.Add((24, 0));
                    break;
                case "past" or "to" or "til":
                    end = ReadPast(i, isBefore: word != "past");
                    break;
                default:
                    ReadSpoken(i);
                    break;
            }
        }
    }

    /// <summary>A time in digits; returns the index behind it.</summary>
    private int ReadDigits(int i)
    {
        Word word = words[i];
        if (word.Length == 4 && Next(i) is "hours" or "hrs" && Digits.Read(word.Text) is int military and < 2400 && military % 100 < 60)
        {
            Values.Add((military / 100, military % 100));
            return 0;
        }

        // 2024-05-17T19:30 has the hour at the end of a word.
        bool isIso = word.Length > 3 && word.Text.Length == word.Length && word.Text[^3] == 't' && char.IsAsciiDigit(word.Text[^4]);
        int start = isIso ? word.Start + word.Length - 2 : word.Start;
        char before = start > 0 ? text[start - 1] : ' ';
        if (before is ':' or '/' or '.' || ClockTime.Read(text.AsSpan(start)) is not { } time)
        {
            return 0;
        }

        int end = start + time.Length;
        bool mayBeTime = time.Hour is >= 1 and <= 12 && before != '-' && !IsQuantity(end);
        bool isTime = mayBeTime && (FollowsPreposition(i) || HalfBefore(i) != DayHalf.Open || BeginsRange(end));
        if (!isTime && !time.IsClear)
        {
            return 0;
        }

        Add(time.Hour, time.Minute, time.Half == DayHalf.Open && time.Hour <= 12 ? HalfBefore(i) : time.Half);
        return end;
    }

    /// <summary>Half past seven, quarter to 8 in the evening, ten minutes past six; returns the index behind it.</summary>
    private int ReadPast(int i, bool isBefore)
    {
        string? left = Previous(i);
        bool saysMinutes = left is "minutes" or "minute" or "mins";
        double? minutes = left switch
        {
            "half" => 30,
            "quarter" => 15,
            _ when saysMinutes => i > 1 ? NumberOf(words[i - 2].Text) : null,
            null => null,
            _ => NumberOf(left),
        };
        int hour = i + 1 < words.Count ? HourOf(words[i + 1].Text) : 0;

        // "From five to seven" is no time, "five minutes to seven" is.
        bool isTime = !isBefore || saysMinutes || left == "quarter";
        if (!isTime || minutes is not (> 0 and < 60) || hour == 0)
        {
            return 0;
        }

        ClockTime.ReadSuffix(text.AsSpan(End(i + 1)), out DayHalf half, out int length);
        Add(isBefore ? (hour == 1 ? 12 : hour - 1) : hour, (int)(isBefore ? 60 - minutes : minutes), half);
        return End(i + 1) + length;
    }

    /// <summary>Seven pm, seven thirty in the evening, at seven.</summary>
    private void ReadSpoken(int i)
    {
        int hour = HourOf(words[i].Text);
        if (hour == 0)
        {
            return;
        }

        int last = i;
        double minutes = Next(i) is { } next ? SpokenNumbers.ValueOf(next) ?? 0 : 0;
        if (minutes is >= 10 and < 60 && Math.Floor(minutes) == minutes)
        {
            last++;
            double units = minutes >= 20 && Next(last) is { } unit ? SpokenNumbers.ValueOf(unit) ?? 0 : 0;
            if (units is >= 1 and < 10)
            {
                minutes += units;
                last++;
            }
        }
        else
        {
            minutes = 0;
        }

        bool hasSuffix = ClockTime.ReadSuffix(text.AsSpan(End(last)), out DayHalf half, out _);
        half = half == DayHalf.Open ? HalfBefore(i) : half;
        if (hasSuffix || FollowsPreposition(i) || half != DayHalf.Open || minutes is 15 or 30 or 45)
        {
            Add(hour, (int)minutes, half);
        }
    }

    private void Add(int hour, int minute, DayHalf half)
    {
        var time = new ClockTime(hour, minute, half, true, 0);
        Values.Add((time.HourOfDay, minute));
        if (half == DayHalf.Open && hour is >= 1 and <= 12)
        {
            Values.Add(((hour + 12) % 24, minute));
        }
    }

    private bool FollowsPreposition(int i) =>
        Previous(i) is "at" or "by" or "around" or "until" or "till" or "from" or "before" or "after" or "between" or "about";

    /// <summary>The half of the day that stands before the hour: afternoon 2, this evening at 6.</summary>
    private DayHalf HalfBefore(int i)
    {
        string? before = Previous(i) is "at" && i > 1 ? words[i - 2].Text : Previous(i);
        return before switch
        {
            "morning" => DayHalf.BeforeNoon,
            "afternoon" or "evening" or "tonight" => DayHalf.AfterNoon,
            _ => DayHalf.Open,
        };
    }

    /// <summary>Whether the hour begins a range that ends with a clear time: 7-9pm, 7 to 9 pm.</summary>
    private bool BeginsRange(int end)
    {
        ReadOnlySpan<char> rest = text.AsSpan(end).TrimStart(' ');
        int separator = rest.Length > 0 && rest[0] is '-' or '\u2013' ? 1
            : rest.StartsWith("to ") ? 3
            : rest.StartsWith("and ") ? 4
            : 0;
        return separator > 0 && ClockTime.Read(rest[separator..].TrimStart(' ')) is { IsClear: true };
    }

    /// <summary>Whether more digits, a percent sign or letters make the number something else.</summary>
    private bool IsQuantity(int end) =>
        end < text.Length
        && (text[end] is '%' or '/' || char.IsLetterOrDigit(text[end])
            || (text[end] is '.' or ',' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1])));

    private static int HourOf(string word)
    {
        double? value = NumberOf(word);
        return value is >= 1 and <= 12 && Math.Floor(value.Value) == value ? (int)value : 0;
    }

    /// <summary>A number of one or two digits or in words, but no ordinal.</summary>
    private static double? NumberOf(string word) =>
        word.Length <= 2 && Digits.Read(word) is int digits ? digits
        : SpokenNumbers.ValueOf(word) is double value && SpokenNumbers.NameOf(value) == word ? value
        : null;

    private int End(int i) => words[i].Start + words[i].Length;

    private string? Next(int i) => i + 1 < words.Count ? words[i + 1].Text : null;

    private string? Previous(int i) => i > 0 ? words[i - 1].Text : null;
}
