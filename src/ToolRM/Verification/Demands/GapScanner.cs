using ToolRM.Verification.Text;

namespace ToolRM.Verification.Demands;

/// <summary>What lies between two words.</summary>
internal enum Gap
{
    /// <summary>Nothing that divides.</summary>
    None,

    /// <summary>A comma.</summary>
    Comma,

    /// <summary>An ampersand.</summary>
    Ampersand,

    /// <summary>A colon, semicolon, dash or bracket.</summary>
    Clause,

    /// <summary>The end of a sentence or line.</summary>
    Sentence,
}

/// <summary>Finds what divides the words of a text.</summary>
internal static class GapScanner
{
    /// <summary>What lies before each word; the strongest of several.</summary>
    public static Gap[] Scan(string text, IReadOnlyList<Word> words)
    {
        var gaps = new Gap[words.Count];
        int end = 0;
        for (int i = 0; i < gaps.Length; i++)
        {
            gaps[i] = Strongest(text.AsSpan(end, Math.Max(0, words[i].Start - end)));
            end = words[i].Start + words[i].Length;
        }

        return gaps;
    }

    private static Gap Strongest(ReadOnlySpan<char> text)
    {
        var strongest = Gap.None;
        for (int i = 0; i < text.Length; i++)
        {
            Gap gap = text[i] switch
            {
                // A full stop without a blank is within a name: U.S, example.com.
                '.' => i + 1 < text.Length && char.IsWhiteSpace(text[i + 1]) ? Gap.Sentence : Gap.None,
                '!' or '?' or '\n' or '\u3002' or '\uFF1F' or '\uFF01' => Gap.Sentence,
                ';' or ':' or '(' or ')' or '[' or ']' or '\u2013' or '\u2014' => Gap.Clause,
                '&' => Gap.Ampersand,
                ',' or '\u3001' or '\uFF0C' => Gap.Comma,
                _ => Gap.None,
            };
            strongest = (Gap)Math.Max((int)strongest, (int)gap);
        }

        return strongest;
    }
}
