namespace ToolRM.Tokenization.Splitting;

/// <summary>
/// A hand-written equivalent of one split pattern that covers every text: no regular expression engine, time linear in
/// the text, no allocation.
/// </summary>
internal abstract class ScanningSplitter : Splitter
{
    public sealed override void Split(ReadOnlySpan<char> text, IPieceSink sink)
    {
        for (int start = 0; start < text.Length;)
        {
            int end = FindEnd(text, start);
            sink.Add(text[start..end]);
            start = end;
        }
    }

    /// <summary>The end of the piece that starts at <paramref name="start"/>, beyond it.</summary>
    protected abstract int FindEnd(ReadOnlySpan<char> text, int start);

    /// <summary>
    /// <c>\s+(?!\S)|\s+</c>: leaves the last blank of a run to the word that follows, for patterns in which words may start
    /// with a blank. With <paramref name="newLines"/> <c>\s*[\r\n]+</c> goes first.
    /// </summary>
    protected static int FindEndOfSpace(ReadOnlySpan<char> text, int start, bool newLines)
    {
        int end = CharacterClasses.Skip(text, start, CharacterClasses.Space);
        if (newLines)
        {
            int last = text[start..end].LastIndexOfAny('\r', '\n');
            if (last >= 0)
            {
                return start + last + 1;
            }
        }

        return end == text.Length || end - start == 1 ? end : end - 1;
    }
}
