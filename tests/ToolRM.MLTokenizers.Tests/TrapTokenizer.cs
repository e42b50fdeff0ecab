using System.Buffers;
using Microsoft.ML.Tokenizers;

namespace ToolRM.MLTokenizers.Tests;

/// <summary>Gives one id for every text: its length, except for one text whose id is a control token's.</summary>
internal sealed class TrapTokenizer : Tokenizer
{
    public override OperationStatus Decode(
        IEnumerable<int> ids, Span<char> destination, out int idsConsumed, out int charsWritten) =>
        throw new NotSupportedException();

    protected override EncodeResults<EncodedToken> EncodeToTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings) => new()
    {
        Tokens = [new EncodedToken(textSpan is "trap" ? 7 : textSpan.Length, textSpan.ToString(), 0..textSpan.Length)],
        CharsConsumed = textSpan.Length,
    };
}
