namespace ToolRM.Tokenization.Splitting;

/// <summary>Splits by one splitter and each piece by another.</summary>
internal sealed class SequenceSplitter(Splitter first, Splitter second) : Splitter
{
    public override void Split(ReadOnlySpan<char> text, IPieceSink sink) => first.Split(text, new SecondStage(second, sink));

    private sealed class SecondStage(Splitter splitter, IPieceSink sink) : IPieceSink
    {
        public void Add(ReadOnlySpan<char> piece) => splitter.Split(piece, sink);
    }
}
