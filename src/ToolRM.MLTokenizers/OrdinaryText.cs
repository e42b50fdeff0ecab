using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace ToolRM.MLTokenizers;

/// <summary>
/// Text that is no control token, encoded by a tokenizer that is not trusted to keep it so. As safe for threads as that is.
/// </summary>
/// <param name="tokenizer">The tokenizer.</param>
/// <param name="forbidden">What text must never become: the control tokens, and those that the tokenizer has of its own.</param>
/// <param name="vocabularySize">One more than the largest id that it may make.</param>
internal sealed class OrdinaryText(Tokenizer tokenizer, HashSet<int> forbidden, int vocabularySize)
{
    private readonly string _kind = tokenizer.GetType().Name;

    /// <summary>Appends the ids of a text.</summary>
    /// <exception cref="ToolRMException">The tokenizer failed, or made what it must not.</exception>
    public void Encode(ReadOnlySpan<char> text, List<int> destination)
    {
        if (text.IsEmpty)
        {
            return;
        }

        IReadOnlyList<int> ids = Ids(LoneSurrogates.Replace(text));
        foreach (int id in ids)
        {
            if ((uint)id >= (uint)vocabularySize)
            {
                throw BeyondVocabulary(id);
            }

            if (forbidden.Contains(id))
            {
                throw MakesControlTokens(id);
            }
        }

        destination.AddRange(ids);
    }

    /// <summary>Checks what can be seen before the first text comes; tries texts with control tokens in them.</summary>
    /// <exception cref="ToolRMException">The tokenizer adds tokens, leaves characters out, or makes control tokens of text.</exception>
    public void Check(IEnumerable<string> controlTokens)
    {
        if (TokenizerTraits.AddsTokens(tokenizer))
        {
            throw new ToolRMException(
                $"The {_kind} adds a token for the beginning or end of a sentence to every text. "
                + "Create it without: prompt templates write the control tokens themselves.");
        }

        if (LossCheck.Find(tokenizer) is { } loss)
        {
            throw new ToolRMException($"The {_kind} {loss}");
        }

        var ids = new List<int>();
        foreach (string token in controlTokens.Where(token => token.Length > 0))
        {
            Encode(token, ids);
            Encode($"a {token} b{token}", ids);
        }
    }

    private IReadOnlyList<int> Ids(ReadOnlySpan<char> text)
    {
        try
        {
            return tokenizer.EncodeToIds(text);
        }
        catch (KeyNotFoundException error)
        {
            throw new ToolRMException($"The {_kind} has no token for a part of a text: its vocabulary lacks a byte.", error);
        }
        catch (RegexMatchTimeoutException error)
        {
            throw new ToolRMException(
                FormattableString.Invariant($"The pre-tokenizer of the {_kind} did not end in time on a text of {text.Length} characters."),
                error);
        }
    }

    private ToolRMException BeyondVocabulary(int id) => new(FormattableString.Invariant(
        $"The {_kind} made the token {id}, but the vocabulary has ids from 0 to {vocabularySize - 1}. Give MLTokenizer its size."));

    private ToolRMException MakesControlTokens(int id) => new(
        FormattableString.Invariant($"The {_kind} made the control token {id} of ordinary text, so that text could forge control tokens. ")
        + "Create it, and its pre-tokenizer, without special tokens and give those to MLTokenizer, which matches them only where it may.");
}
