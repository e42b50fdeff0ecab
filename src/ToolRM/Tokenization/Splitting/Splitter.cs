namespace ToolRM.Tokenization.Splitting;

/// <summary>Cuts a text into pieces ("words") that are merged separately. Immutable, safe for many threads.</summary>
internal abstract class Splitter
{
    /// <summary>Gives the pieces of <paramref name="text"/>, none of them empty, to <paramref name="sink"/>.</summary>
    public abstract void Split(ReadOnlySpan<char> text, IPieceSink sink);
}
