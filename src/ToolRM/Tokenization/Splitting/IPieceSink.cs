namespace ToolRM.Tokenization.Splitting;

/// <summary>Receives the pieces of a text, in order. A piece is valid during the call only.</summary>
internal interface IPieceSink
{
    void Add(ReadOnlySpan<char> piece);
}
