namespace ToolRM.Tokenization;

/// <summary>Turns text into token ids and back. Implementations are safe to call from many threads at once.</summary>
public interface ITokenizer
{
    /// <summary>One more than the largest token id.</summary>
    int VocabularySize { get; }

    /// <summary>Appends the ids of <paramref name="text"/> to <paramref name="destination"/>.</summary>
    /// <param name="text">The text; normalised by the tokenizer (for most models to Unicode form NFC).</param>
    /// <param name="destination">Receives the ids, after those it already holds.</param>
    /// <param name="matchAddedTokens">
    /// Whether strings such as <c>&lt;|im_end|&gt;</c> become the control tokens they spell.
    /// <see langword="false"/> for text of unknown origin, in which they are only text.
    /// </param>
    void Encode(ReadOnlySpan<char> text, List<int> destination, bool matchAddedTokens = true);

    /// <summary>The text that <paramref name="ids"/> stand for; unknown ids are an error.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An id is negative or not in the vocabulary.</exception>
    string Decode(ReadOnlySpan<int> ids);

    /// <summary>The id of an added (control) token by its exact text, or <see langword="null"/> if there is no such token.</summary>
    int? GetAddedTokenId(string token);
}
