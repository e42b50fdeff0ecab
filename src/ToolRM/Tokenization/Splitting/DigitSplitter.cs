using static ToolRM.Tokenization.Splitting.CharacterClasses;

namespace ToolRM.Tokenization.Splitting;

/// <summary>The pre-tokenizer <c>Digits</c>: cuts numbers out of the text, digit by digit or as a whole.</summary>
internal sealed class DigitSplitter(bool individual) : ScanningSplitter
{
    private const byte NoNumber = Letter | Mark | Space | Other;

    protected override int FindEnd(ReadOnlySpan<char> text, int start) =>
        (Of(text, start, out _) & Number) != 0
            ? Skip(text, start, Number, individual ? 1 : int.MaxValue)
            : Skip(text, start, NoNumber);
}
