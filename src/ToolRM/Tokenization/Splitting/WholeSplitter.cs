namespace ToolRM.Tokenization.Splitting;

/// <summary>Does not split: the text is one piece (<c>ByteLevel</c> without its pattern and nothing before it).</summary>
internal sealed class WholeSplitter : Splitter
{
    public static WholeSplitter Instance { get; } = new();

    public override void Split(ReadOnlySpan<char> text, IPieceSink sink)
    {
        if (!text.IsEmpty)
        {
            sink.Add(text);
        }
    }
}
