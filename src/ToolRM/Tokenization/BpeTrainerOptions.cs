namespace ToolRM.Tokenization;

/// <summary>What <see cref="BpeTrainer"/> is to learn. Immutable.</summary>
public sealed record BpeTrainerOptions
{
    /// <summary>
    /// The number of ids: special tokens, 256 bytes and learnt tokens together. At least the first two, at most 1,000,000.
    /// </summary>
    public required int VocabularySize { get; init; }

    /// <summary>How often a pair must occur to become a token; at least 1, default 2.</summary>
    public long MinimumPairFrequency { get; init; } = 2;

    /// <summary>
    /// Control tokens, matched as a whole wherever they occur in a text, which get the first ids. Distinct, and of at least
    /// two characters. Default none.
    /// </summary>
    public IReadOnlyList<string> SpecialTokens { get; init; } = [];

    /// <summary>How texts are cut into words, as a regular expression; default <see cref="BpeTrainer.DefaultSplitPattern"/>.</summary>
    public string SplitPattern { get; init; } = BpeTrainer.DefaultSplitPattern;

    internal void Check()
    {
        const int Bytes = 256, Largest = 1_000_000;
        ArgumentNullException.ThrowIfNull(SpecialTokens);
        ArgumentException.ThrowIfNullOrEmpty(SplitPattern);
        ArgumentOutOfRangeException.ThrowIfLessThan(VocabularySize, Bytes + SpecialTokens.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(VocabularySize, Largest);
        ArgumentOutOfRangeException.ThrowIfLessThan(MinimumPairFrequency, 1);
        var seen = new HashSet<string>();
        foreach (string token in SpecialTokens)
        {
            ArgumentException.ThrowIfNullOrEmpty(token);
            if (token.Length < 2 || !seen.Add(token))
            {
                throw new ArgumentException(
                    $"The special token \"{token}\" is there twice or is a single character; special tokens are distinct and longer.");
            }
        }
    }
}
