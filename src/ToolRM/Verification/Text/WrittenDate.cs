namespace ToolRM.Verification.Text;

/// <summary>The order and separator in which a date is written.</summary>
internal enum DateNotation
{
    /// <summary>2024-05-17.</summary>
    YearMonthDayDashes,

    /// <summary>2024/05/17 or 2024.05.17.</summary>
    YearMonthDayOther,

    /// <summary>05/17/2024 or 17/05/2024.</summary>
    YearLastSlashes,

    /// <summary>05-17-2024 or 17.05.2024.</summary>
    YearLastOther,
}

/// <summary>A date in digits that begins a text.</summary>
/// <param name="Notation">How it is written.</param>
/// <param name="Year">The year.</param>
/// <param name="First">The first of the two other numbers: the month, unless it is above 12.</param>
/// <param name="Second">The second of the two.</param>
internal readonly record struct WrittenDate(DateNotation Notation, int Year, int First, int Second)
{
    /// <summary>Number of characters of the date.</summary>
    public int Length { get; init; }

    /// <summary>Whether the year comes last, so that day and month may stand in either order.</summary>
    public bool IsYearLast => Notation is DateNotation.YearLastSlashes or DateNotation.YearLastOther;

    /// <summary>Reads the date at the beginning of a text.</summary>
    public static WrittenDate? Read(ReadOnlySpan<char> text)
    {
        int i = 0;
        int firstDigits = ReadNumber(text, ref i, out int first);
        char separator = i < text.Length ? text[i] : '\0';
        if (firstDigits is not (1 or 2 or 4) || separator is not ('-' or '/' or '.'))
        {
            return null;
        }

        i++;
        int secondDigits = ReadNumber(text, ref i, out int second);
        if (secondDigits is not (1 or 2) || i >= text.Length || text[i] != separator)
        {
            return null;
        }

        i++;
        int thirdDigits = ReadNumber(text, ref i, out int third);
        if (firstDigits == 4)
        {
            DateNotation notation = separator == '-' ? DateNotation.YearMonthDayDashes : DateNotation.YearMonthDayOther;
            return thirdDigits is 1 or 2 ? new(notation, first, second, third) { Length = i } : null;
        }

        return thirdDigits == 4
            ? new(separator == '/' ? DateNotation.YearLastSlashes : DateNotation.YearLastOther, third, first, second) { Length = i }
            : null;
    }

    /// <summary>The month and day; of two readings the one with the month first.</summary>
    public (int Month, int Day) MonthDay => First > 12 && IsYearLast ? (Second, First) : (First, Second);

    /// <summary>The other order of month and day, if the notation allows both.</summary>
    public (int Month, int Day)? OtherMonthDay => IsYearLast && First <= 12 && Second <= 12 && First != Second ? (Second, First) : null;

    private static int ReadNumber(ReadOnlySpan<char> text, ref int i, out int value)
    {
        int count = Digits.Count(text[i..]);
        value = Digits.Read(text.Slice(i, count)) ?? 0;
        i += count;
        return count;
    }
}
