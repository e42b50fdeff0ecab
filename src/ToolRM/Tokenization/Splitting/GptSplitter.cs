using static ToolRM.Tokenization.Splitting.CharacterClasses;

namespace ToolRM.Tokenization.Splitting;

/// <summary>The patterns of GPT-2, and of cl100k and its descendants (Llama 3, Qwen), which differ in a few points.</summary>
internal sealed class GptSplitter : ScanningSplitter
{
    private readonly bool _modern;
    private readonly int _digits;

    private GptSplitter(bool modern, int digits)
    {
        _modern = modern;
        _digits = digits;
    }

    /// <summary><see cref="SplitPatterns.Gpt2"/>: only a space leads words and numbers, and newlines are like other whitespace.</summary>
    public static GptSplitter Gpt2 { get; } = new(modern: false, int.MaxValue);

    /// <summary>
    /// <see cref="SplitPatterns.Llama3"/> and <see cref="SplitPatterns.Qwen2"/>: contractions in any case, any other
    /// character may lead a word, numbers of at most <paramref name="digits"/> digits, newlines end pieces.
    /// </summary>
    public static GptSplitter Modern(int digits) => new(modern: true, digits);

    protected override int FindEnd(ReadOnlySpan<char> text, int start)
    {
        char first = text[start];
        if (first == '\'')
        {
            int length = ContractionLength(text[(start + 1)..]);
            if (length > 0)
            {
                return start + 1 + length;
            }
        }

        byte found = Of(text, start, out int width);
        if ((found & Letter) != 0)
        {
            return Skip(text, start + width, Letter);
        }

        if ((found & Number) != 0)
        {
            return Skip(text, start, Number, _digits);
        }

        int next = start + width;
        byte following = Of(text, next, out _);
        bool leadsWord = _modern ? (found & NewLine) == 0 : first == ' ';
        if (leadsWord && (following & Letter) != 0)
        {
            return Skip(text, next, Letter);
        }

        if (!_modern && first == ' ' && (following & Number) != 0)
        {
            return Skip(text, next, Number);
        }

        if ((found & Space) == 0 || (first == ' ' && (following & (Mark | Other)) != 0))
        {
            int end = Skip(text, next, Mark | Other);
            return _modern ? Skip(text, end, NewLine) : end;
        }

        return FindEndOfSpace(text, start, _modern);
    }

    /// <summary>The length of <c>s|t|re|ve|m|ll|d</c> at the start of <paramref name="text"/>; 0 if there is none.</summary>
    private int ContractionLength(ReadOnlySpan<char> text)
    {
        char first = Fold(text, 0);
        switch (first)
        {
            case 's' or 't' or 'm' or 'd':
                return 1;
            case 'r' or 'v':
                return Fold(text, 1) == 'e' ? 2 : 0;
            case 'l':
                return Fold(text, 1) == 'l' ? 2 : 0;
            default:
                return 0;
        }
    }

    /// <summary>The letter, in lower case where case does not count; U+017F is an s then (Unicode case folding).</summary>
    private char Fold(ReadOnlySpan<char> text, int index)
    {
        if ((uint)index >= (uint)text.Length)
        {
            return '\0';
        }

        char letter = text[index];
        return !_modern ? letter
            : char.IsAsciiLetterUpper(letter) ? (char)(letter | 0x20)
            : letter == '\u017F' ? 's'
            : letter;
    }
}
