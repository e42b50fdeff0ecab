using System.Globalization;

namespace ToolRM.Verification.Text;

/// <summary>
/// Walks over the numbers in digits of a text: <c>1,200.50</c>, <c>$5</c>, <c>5%</c>, <c>3k</c>, <c>2 million</c>, <c>1e-3</c>, and those
/// with a unit behind them (<c>7pm</c>, <c>10km</c>, <c>5th</c>). Digits in identifiers (<c>35R8ZNS6P</c>) are walked over too, but marked.
/// </summary>
internal ref struct NumberScanner(ReadOnlySpan<char> text)
{
    private const int MaxGroups = 7;
    private readonly ReadOnlySpan<char> _text = text;
    private bool _isListed;

    /// <summary>Index of the first digit, or of a decimal point or minus sign before it.</summary>
    public int Start { get; private set; }

    /// <summary>Index behind the last digit.</summary>
    public int End { get; private set; }

    /// <summary>The number as written.</summary>
    public double Value { get; private set; }

    /// <summary>The number multiplied by a word or sign behind it; the same as <see cref="Value"/> if there is none.</summary>
    public readonly double Scaled => IsPercent ? Value / 100 : Value * Factor;

    private double Factor { get; set; }

    /// <summary>Whether it is a percentage.</summary>
    public bool IsPercent { get; private set; }

    /// <summary>Whether it stands within an identifier or word.</summary>
    public bool IsInIdentifier { get; private set; }

    /// <summary>Goes to the next number.</summary>
    public bool MoveNext()
    {
        int digit = _text[End..].IndexOfAnyInRange('0', '9') + End;
        if (digit < End)
        {
            return false;
        }

        // A bracket says that commas divide numbers: [100,200].
        _isListed = At(digit - 1) is '[' or '(' or '{' || (_isListed && digit == End + 1 && At(End) == ',');
        Start = digit;
        char before = At(digit - 1), second = At(digit - 2);
        if (before == '.' && second != '.' && !char.IsLetterOrDigit(second))
        {
            before = second;
            second = At(digit - 3);
            Start--;
        }

        IsInIdentifier = char.IsLetter(before) || before == '_';
        if (before == '-' && !char.IsLetterOrDigit(second))
        {
            Start--;
        }

        End = Start < digit && _text[digit - 1] == '.' ? Digits(digit) : EndOfNumber(digit);
        Value = Parse(_text[Start..End]);
        Factor = 1;
        IsPercent = false;
        ReadSuffix();
        return true;
    }

    private int EndOfNumber(int start)
    {
        int end = Digits(start);
        if (end - start <= 3 && !_isListed)
        {
            end = Thousands(end);
        }

        if (At(end) == '.' && char.IsAsciiDigit(At(end + 1)))
        {
            end = Digits(end + 1);
        }

        if (At(end) is 'e' or 'E')
        {
            int exponent = end + (At(end + 1) is '+' or '-' ? 2 : 1);
            int last = Digits(exponent);
            end = last > exponent && last - exponent <= 3 && !char.IsLetterOrDigit(At(last)) ? last : end;
        }

        return end;
    }

    /// <summary>Groups of three digits, or of two that end with three as in 12,34,567.</summary>
    private readonly int Thousands(int end)
    {
        int i = end;
        for (int groups = 0; groups < MaxGroups && At(i) == ','; groups++)
        {
            int last = Digits(i + 1);
            int count = last - i - 1;
            if (count == 3)
            {
                end = last;
            }
            else if (count != 2)
            {
                break;
            }

            i = last;
        }

        return end;
    }

    private void ReadSuffix()
    {
        int start = End;
        bool isGlued = char.IsLetter(At(start));
        if (!isGlued)
        {
            while (At(start) == ' ' && start - End < 3)
            {
                start++;
            }
        }

        if (At(start) == '%')
        {
            IsPercent = true;
            return;
        }

        int end = start;
        while (char.IsLetter(At(end)) && end - start <= 10)
        {
            end++;
        }

        bool isWord = !char.IsLetterOrDigit(At(end)) && At(end) != '_';
        if (isGlued && !isWord)
        {
            IsInIdentifier = true;
        }
        else if (isWord)
        {
            Factor = FactorOf(_text[start..end]);
            IsPercent = Factor == 0;
        }
    }

    /// <summary>What a word behind a number multiplies it by; 0 if it makes it a percentage.</summary>
    private static double FactorOf(ReadOnlySpan<char> word)
    {
        Span<char> lower = stackalloc char[word.Length];
        word.ToLowerInvariant(lower);
        return lower switch
        {
            "percent" or "pct" or "percentage" => 0,
            "dozen" => 12,
            "hundred" => 100,
            "k" or "thousand" => 1e3,
            "lakh" or "lakhs" => 1e5,
            "m" or "mn" or "million" => 1e6,
            "crore" or "crores" => 1e7,
            "b" or "bn" or "billion" => 1e9,
            "trillion" => 1e12,
            _ => 1,
        };
    }

    private static double Parse(ReadOnlySpan<char> number) =>
        double.Parse(number, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private readonly int Digits(int i)
    {
        while (char.IsAsciiDigit(At(i)))
        {
            i++;
        }

        return i;
    }

    private readonly char At(int i) => (uint)i < (uint)_text.Length ? _text[i] : '\0';
}
