using ToolRM.Tokenization;

namespace ToolRM.Tests.Prompts;

/// <summary>
/// A tokenizer in which two neighbouring letters make one token, counted from the start of a run: where a run begins
/// decides about all its ids, so a wrong boundary cannot go unnoticed. Added tokens have ids from 1.
/// </summary>
internal sealed class ToyTokenizer(params string[] addedTokens) : ITokenizer
{
    public int VocabularySize => int.MaxValue;

    /// <summary>Every run of text that was encoded.</summary>
    public List<string> Runs { get; } = [];

    public void Encode(ReadOnlySpan<char> text, List<int> destination, bool matchAddedTokens = true)
    {
        int start = 0;
        for (int i = 0; matchAddedTokens && i < text.Length; i++)
        {
            foreach (string token in addedTokens)
            {
                if (text[i..].StartsWith(token))
                {
                    EncodeRun(text[start..i], destination);
                    destination.Add(GetAddedTokenId(token)!.Value);
                    i += token.Length - 1;
                    start = i + 1;
                    break;
                }
            }
        }

        EncodeRun(text[start..], destination);
    }

    public string Decode(ReadOnlySpan<int> ids) => throw new NotSupportedException();

    public int? GetAddedTokenId(string token) => Array.IndexOf(addedTokens, token) is >= 0 and var index ? index + 1 : null;

    private void EncodeRun(ReadOnlySpan<char> text, List<int> destination)
    {
        if (text.Length > 0)
        {
            Runs.Add(text.ToString());
        }

        for (int i = 0; i < text.Length; i += 2)
        {
            destination.Add(100_000 + (text[i] * 256 + (i + 1 < text.Length ? text[i + 1] : 0)));
        }
    }
}
