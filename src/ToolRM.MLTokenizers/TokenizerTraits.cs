using Microsoft.ML.Tokenizers;

namespace ToolRM.MLTokenizers;

/// <summary>What the kinds of tokenizers show of themselves, each in its own way: their base class shows none of it.</summary>
internal static class TokenizerTraits
{
    private static readonly Dictionary<string, int> _none = [];

    /// <summary>The largest id of the vocabulary; <see langword="null"/> if the kind does not show it.</summary>
    public static int? LargestId(Tokenizer tokenizer) => (tokenizer switch
    {
        BpeTokenizer bpe => bpe.Vocabulary,
        SentencePieceTokenizer sentencePiece => sentencePiece.Vocabulary,
        CodeGenTokenizer codeGen => codeGen.Vocabulary,
        _ => null,
    })?.Values.Max();

    /// <summary>The tokens that it may make of the text that spells them.</summary>
    public static IReadOnlyDictionary<string, int> SpecialTokens(Tokenizer tokenizer) => (tokenizer switch
    {
        BpeTokenizer bpe => bpe.SpecialTokens,
        TiktokenTokenizer tiktoken => tiktoken.SpecialTokens,
        SentencePieceTokenizer sentencePiece => sentencePiece.SpecialTokens,
        CodeGenTokenizer codeGen => codeGen.SpecialTokens,
        _ => null,
    }) ?? _none;

    /// <summary>Whether it was created to add the beginning or end of a sentence to every text.</summary>
    public static bool AddsTokens(Tokenizer tokenizer) => EndsAlike(tokenizer.EncodeToIds("a"), tokenizer.EncodeToIds("b")) || tokenizer switch
    {
        BpeTokenizer bpe => bpe.BeginningOfSentenceToken is not null,
        SentencePieceTokenizer sentencePiece => sentencePiece.AddBeginningOfSentence,
        CodeGenTokenizer codeGen => codeGen.AddBeginningOfSentence,
        _ => false,
    };

    /// <summary>
    /// Not every kind shows that it adds an end, but no text ends as another does. (They may begin alike without an added token:
    /// some kinds write a blank before every text.)
    /// </summary>
    private static bool EndsAlike(IReadOnlyList<int> first, IReadOnlyList<int> second) => first.Count > 1 && second.Count > 1 && first[^1] == second[^1];
}
