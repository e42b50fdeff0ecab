using Microsoft.ML.Tokenizers;

namespace ToolRM.MLTokenizers;

/// <summary>What the kinds of tokenizers show of themselves, each in its own way: their base class shows none of it.</summary>
internal static class TokenizerTraits
{
    private static readonly Dictionary<string, int> _none = [];

    /// <summary>The largest id that it knows; <see langword="null"/> if the kind does not show its vocabulary.</summary>
    public static int? LargestId(Tokenizer tokenizer) =>
        Vocabulary(tokenizer)?.Values.Concat(SpecialTokens(tokenizer).Values).DefaultIfEmpty(-1).Max();

    /// <summary>Whether the kind shows that an id stands for a token, be it one without text.</summary>
    /// <remarks>The ids of a SentencePiece model have no holes, and not all of its kinds show those of bytes.</remarks>
    public static bool Shows(Tokenizer tokenizer, int id) =>
        tokenizer is SentencePieceTokenizer
        || SpecialTokens(tokenizer).Values.Contains(id)
        || Vocabulary(tokenizer)?.Values.Contains(id) == true;

    /// <summary>
    /// The tokens that it may make of the text that spells them, and must not. Not the one for unknown text, which it makes of
    /// other text.
    /// </summary>
    public static IReadOnlyDictionary<string, int> SpecialTokens(Tokenizer tokenizer) => tokenizer switch
    {
        BpeTokenizer bpe => Without(bpe.UnknownToken, bpe.SpecialTokens),
        TiktokenTokenizer tiktoken => tiktoken.SpecialTokens ?? _none,
        SentencePieceTokenizer sentencePiece => Without(
            sentencePiece.UnknownToken, [.. sentencePiece.SpecialTokens ?? _none, .. Sentence(sentencePiece)]),
        CodeGenTokenizer codeGen => Without(codeGen.UnknownToken, codeGen.SpecialTokens),
        WordPieceTokenizer wordPiece => Without(wordPiece.UnknownToken, wordPiece.SpecialTokens),
        _ => _none,
    };

    /// <summary>Whether it was created to add the beginning or end of a sentence to every text.</summary>
    public static bool AddsTokens(Tokenizer tokenizer) => tokenizer switch
    {
        SentencePieceTokenizer sentencePiece => sentencePiece.AddBeginningOfSentence || sentencePiece.AddEndOfSentence,
        CodeGenTokenizer codeGen => codeGen.AddBeginningOfSentence || codeGen.AddEndOfSentence,
        BpeTokenizer { BeginningOfSentenceToken: not null } => true,
        _ => EndsAlike(tokenizer.EncodeToIds("a"), tokenizer.EncodeToIds("b")),
    };

    /// <summary>The vocabulary as text; <see langword="null"/> if the kind does not show it.</summary>
    public static IReadOnlyDictionary<string, int>? Vocabulary(Tokenizer tokenizer) => tokenizer switch
    {
        BpeTokenizer bpe => bpe.Vocabulary,
        SentencePieceTokenizer sentencePiece => sentencePiece.Vocabulary,
        CodeGenTokenizer codeGen => codeGen.Vocabulary,
        EnglishRobertaTokenizer roberta => roberta.Vocabulary,
        _ => null,
    };

    /// <summary>Not every kind shows that it adds an end, but no text ends as another does.</summary>
    private static bool EndsAlike(IReadOnlyList<int> first, IReadOnlyList<int> second) =>
        first.Count > 1 && second.Count > 1 && first[^1] == second[^1];

    /// <summary>
    /// The pieces for the beginning and end of a sentence; a model without them says that they have the id 0, which is another's.
    /// </summary>
    private static IEnumerable<KeyValuePair<string, int>> Sentence(SentencePieceTokenizer tokenizer) =>
        new KeyValuePair<string, int>[]
        {
            new(tokenizer.BeginningOfSentenceToken, tokenizer.BeginningOfSentenceId),
            new(tokenizer.EndOfSentenceToken, tokenizer.EndOfSentenceId),
        }.Where(piece => tokenizer.Vocabulary.TryGetValue(piece.Key, out int id) && id == piece.Value);

    private static Dictionary<string, int> Without(string? unknown, IEnumerable<KeyValuePair<string, int>>? tokens) =>
        (tokens ?? _none).Where(token => token.Key != unknown).DistinctBy(token => token.Key).ToDictionary();
}
