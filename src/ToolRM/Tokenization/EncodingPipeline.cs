using System.Text.RegularExpressions;
using ToolRM.Tokenization.Json;
using ToolRM.Tokenization.Merging;
using ToolRM.Tokenization.Normalization;
using ToolRM.Tokenization.Splitting;

namespace ToolRM.Tokenization;

/// <summary>What a definition means, ready to run. Immutable, safe for many threads.</summary>
internal sealed class EncodingPipeline
{
    /// <exception cref="TokenizerFormatException">The definition cannot be run: a byte without a token, a bad pattern.</exception>
    public EncodingPipeline(TokenizerDefinition definition)
    {
        NormalizesToNfc = definition.NormalizesToNfc;
        AddsPrefixSpace = definition.PreTokenizers is [ByteLevelStep { AddsPrefixSpace: true }];
        Splitter = CreateSplitter(definition.PreTokenizers);
        Model = new BpeModel(definition);
        GivenTokens = CreateMatcher(definition.AddedTokens.Where(token => !token.IsNormalized), token => token.Content);
        NormalizedTokens = CreateMatcher(definition.AddedTokens.Where(token => token.IsNormalized), NormalizeContent);
    }

    public bool NormalizesToNfc { get; }

    public bool AddsPrefixSpace { get; }

    public Splitter Splitter { get; }

    public BpeModel Model { get; }

    /// <summary>Tokens matched in the text as given; <see langword="null"/> if there are none.</summary>
    public AddedTokenMatcher? GivenTokens { get; }

    /// <summary>Tokens matched in the normalised text between those; <see langword="null"/> if there are none.</summary>
    public AddedTokenMatcher? NormalizedTokens { get; }

    public static Splitter CreateSplitter(IReadOnlyList<PreTokenizerStep> steps)
    {
        Splitter? all = null;
        foreach (PreTokenizerStep step in steps)
        {
            Splitter? next = step switch
            {
                SplitStep split => SplitPatterns.Create(split.IsRegex ? split.Pattern : Regex.Escape(split.Pattern), split.Kept),
                DigitsStep digits => new DigitSplitter(digits.Individual),
                ByteLevelStep { UsesPattern: true } => GptSplitter.Gpt2,
                _ => null,
            };
            all = all is null ? next : next is null ? all : new SequenceSplitter(all, next);
        }

        return all ?? WholeSplitter.Instance;
    }

    private static AddedTokenMatcher? CreateMatcher(IEnumerable<AddedToken> tokens, Func<AddedToken, string> text) =>
        tokens.Any() ? new AddedTokenMatcher(tokens.Select(token => (token, text(token)))) : null;

    private string NormalizeContent(AddedToken token) =>
        NormalizesToNfc ? new NfcNormalizer().Normalize(token.Content).ToString() : token.Content;
}
