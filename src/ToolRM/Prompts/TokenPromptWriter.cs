using System.Buffers;
using ToolRM.Tokenization;

namespace ToolRM.Prompts;

/// <summary>
/// Renders to token ids. Text between two control tokens is encoded as one run, so that the ids are those of the whole
/// rendered string. Call <see cref="Flush"/> at the end.
/// </summary>
internal sealed class TokenPromptWriter(ITokenizer tokenizer, List<int> destination) : PromptWriter
{
    private readonly ArrayBufferWriter<char> _pending = new();

    /// <summary>Appends the id of a control token; as text, where the vocabulary has no such token.</summary>
    public override void Control(string token)
    {
        if (tokenizer.GetAddedTokenId(token) is { } id)
        {
            Flush();
            destination.Add(id);
        }
        else
        {
            Text(token);
        }
    }

    public override void Text(ReadOnlySpan<char> text) => _pending.Write(text);

    /// <summary>Encodes the text that is still pending.</summary>
    public void Flush()
    {
        if (_pending.WrittenCount > 0)
        {
            tokenizer.Encode(_pending.WrittenSpan, destination, matchAddedTokens: false);
            _pending.ResetWrittenCount();
        }
    }
}
