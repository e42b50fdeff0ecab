namespace ToolRM.Verification.Text;

/// <summary>A number in a text with everything it may mean: "5%" is 5 and 0.05, "3k" is 3 and 3000.</summary>
/// <param name="Readings">The values, the plain one first.</param>
/// <param name="IsPercent">Whether it is a percentage.</param>
internal readonly record struct NumberMention(IReadOnlyList<double> Readings, bool IsPercent);

/// <summary>The numbers that a conversation mentions. Immutable.</summary>
internal sealed class NumberMentions
{
    // Two numbers that differ by less are the same: a product of 0.07 and 100 is not exactly 7.
    private const long IgnoredBits = 0xFFF;

    // '40 is 2040, '41 is 1941.
    private const int LastShortYear = 40;

    /// <summary>Every value that can be read anywhere in the conversation, words such as "twenty five" and ordinals included.</summary>
    public required IReadOnlySet<double> Values { get; init; }

    /// <summary>The numbers in digits of the newest user message, in their order.</summary>
    public required IReadOnlyList<NumberMention> LastTurn { get; init; }

    /// <summary>The percentages anywhere, as written (5 for "5%").</summary>
    public required IReadOnlyList<double> Percentages { get; init; }

    private HashSet<long> Rounded => field ??= [.. Values.Select(Round)];

    /// <summary>The numbers of a conversation.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="words">Its words.</param>
    /// <param name="lastTurn">The newest user message.</param>
    public static NumberMentions Read(string text, IReadOnlyList<Word> words, string lastTurn)
    {
        var values = new HashSet<double>();
        var percentages = new List<double>();
        AddDigits(text, values, percentages);
        SpokenNumbers.AddTo(values, words);
        return new NumberMentions { Values = values, LastTurn = Scan(lastTurn), Percentages = percentages };
    }

    /// <summary>The numbers in digits of any text, with everything they may mean.</summary>
    public static List<NumberMention> Scan(string text)
    {
        var mentions = new List<NumberMention>();
        var scanner = new NumberScanner(text);
        while (scanner.MoveNext())
        {
            if (!scanner.IsInIdentifier)
            {
                double value = scanner.Value;
                mentions.Add(new NumberMention(scanner.Scaled == value ? [value] : [value, scanner.Scaled], scanner.IsPercent));
            }
        }

        return mentions;
    }

    /// <summary>Whether a value is mentioned, whatever its sign and up to rounding.</summary>
    public bool Contains(double value) => Rounded.Contains(Round(value));

    private static void AddDigits(string text, HashSet<double> values, List<double> percentages)
    {
        var scanner = new NumberScanner(text);
        double numerator = double.NaN;
        while (scanner.MoveNext())
        {
            double value = scanner.Value;
            if (scanner.IsInIdentifier && scanner.End - scanner.Start < 2)
            {
                continue;
            }

            values.Add(value);
            values.Add(scanner.Scaled);
            if (IsShortYear(text, scanner.Start, scanner.End))
            {
                values.Add(value + (value <= LastShortYear ? 2000 : 1900));
            }

            if (scanner.IsPercent)
            {
                percentages.Add(value);
            }

            if (value > 0 && !double.IsNaN(numerator))
            {
                values.Add(numerator / value);
            }

            bool isNumerator = scanner.End + 1 < text.Length && text[scanner.End] == '/' && char.IsAsciiDigit(text[scanner.End + 1]);
            numerator = isNumerator ? value : double.NaN;
        }
    }

    /// <summary>Whether the number is a year without its century: '18.</summary>
    private static bool IsShortYear(string text, int start, int end) =>
        end - start == 2 && start > 0 && text[start - 1] is '\'' or '\u2019' && (start < 2 || !char.IsLetterOrDigit(text[start - 2]))
        && (end == text.Length || text[end] is not ('\'' or '\u2019'));

    private static long Round(double value) =>
        (BitConverter.DoubleToInt64Bits(Math.Abs(value)) + ((IgnoredBits + 1) / 2)) & ~IgnoredBits;
}
