namespace ToolRM.Verification.Text;

/// <summary>
/// Walks over the words of a text: runs of letters and digits. A number keeps its decimal point and the commas between its thousands.
/// Scripts without spaces give a word for each letter.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="isIdentifier">Whether camel case divides words, and digits are divided from letters.</param>
internal ref struct WordScanner(ReadOnlySpan<char> text, bool isIdentifier)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _end;

    /// <summary>Index of the first character of the word.</summary>
    public int Start { get; private set; }

    /// <summary>Number of its characters.</summary>
    public readonly int Length => _end - Start;

    /// <summary>Goes to the next word.</summary>
    public bool MoveNext()
    {
        int i = _end;
        while (i < _text.Length && !Letters.IsWord(_text[i]))
        {
            i++;
        }

        Start = i;
        _end = i == _text.Length ? i : EndOf(i);
        return _end > Start;
    }

    /// <summary>The word in lower case, without accents and without commas between thousands.</summary>
    public readonly string Word()
    {
        ReadOnlySpan<char> word = _text[Start.._end];
        Span<char> folded = word.Length <= 128 ? stackalloc char[word.Length] : new char[word.Length];
        int length = 0;
        foreach (char c in word)
        {
            if (c != ',' && !Letters.IsAccent(c))
            {
                folded[length++] = Letters.Fold(c);
            }
        }

        return new string(folded[..length]);
    }

    private readonly int EndOf(int start)
    {
        int i = start + 1;
        bool isNumber = char.IsAsciiDigit(_text[start]);
        bool isSingle = Letters.IsUnspaced(_text[start]);
        for (; i < _text.Length; i++)
        {
            char c = _text[i];
            if (Letters.IsMark(c))
            {
                continue;
            }

            if (isSingle || !Letters.IsWord(c) || Letters.IsUnspaced(c) || (isIdentifier && Divides(i)))
            {
                break;
            }

            isNumber &= char.IsAsciiDigit(c);
        }

        if (isNumber)
        {
            i = EndOfThousands(start, i);
        }

        return IsFraction(i) ? EndOfDigits(i + 1) : i;
    }

    private readonly bool Divides(int i)
    {
        char before = _text[i - 1], c = _text[i];
        return char.IsAsciiDigit(before) != char.IsAsciiDigit(c)
            || (char.IsUpper(c) && (char.IsLower(before) || StartsAfterCapitals(i, before)));
    }

    /// <summary>Whether a word begins at the last of several capitals: the S of HTTPServer, but not the D of IDs.</summary>
    private readonly bool StartsAfterCapitals(int i, char before) =>
        char.IsUpper(before) && i + 1 < _text.Length && char.IsLower(_text[i + 1])
        && !(_text[i + 1] == 's' && (i + 2 == _text.Length || !char.IsLower(_text[i + 2])));

    private readonly int EndOfThousands(int start, int end)
    {
        if (end - start <= 3)
        {
            while (end + 3 < _text.Length && _text[end] == ',' && EndOfDigits(end + 1) == end + 4)
            {
                end += 4;
            }
        }

        return end;
    }

    private readonly bool IsFraction(int i) =>
        i + 1 < _text.Length && _text[i] == '.' && char.IsAsciiDigit(_text[i - 1]) && char.IsAsciiDigit(_text[i + 1]);

    private readonly int EndOfDigits(int i)
    {
        while (i < _text.Length && char.IsAsciiDigit(_text[i]))
        {
            i++;
        }

        return i;
    }
}
