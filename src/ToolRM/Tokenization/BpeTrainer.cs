using ToolRM.Tokenization.Json;
using ToolRM.Tokenization.Splitting;
using ToolRM.Tokenization.Training;

namespace ToolRM.Tokenization;

/// <summary>
/// Learns a byte-level byte-pair encoding from texts (Sennrich et al., arXiv 1508.07909; bytes as in GPT-2): starting from
/// the 256 bytes, the most frequent pair of neighbouring tokens within a word becomes a token until the vocabulary is full.
/// </summary>
/// <remarks>
/// The result depends on the texts only as a multiset, not on their order: among equally frequent pairs the one with the
/// smaller left id, then the smaller right id, is taken. Texts are normalised to NFC, and so are those encoded later. Words of
/// more than 256 characters are passed over. Safe to call from many threads at once.
/// </remarks>
public static class BpeTrainer
{
    /// <summary>
    /// The default split pattern, in the regular expression syntax of <c>tokenizer.json</c>. It cuts identifiers at changes
    /// of case and at underscores, numbers into pairs of digits, and separates punctuation, so that
    /// <c>getJournalistById</c>, <c>"journalist_id":</c> and prose are made of the same words.
    /// </summary>
    public const string DefaultSplitPattern = SplitPatterns.Identifiers;

    /// <summary>Learns a vocabulary.</summary>
    /// <param name="texts">The texts; read once, one at a time.</param>
    /// <param name="options">Size, special tokens, split pattern.</param>
    /// <param name="progress">Told now and then how far the work is, and once at its end.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>
    /// The tokenizer: special tokens have the first ids, in their order, then come the 256 bytes, then the learnt tokens,
    /// the most frequent first. It has fewer than <see cref="BpeTrainerOptions.VocabularySize"/> ids if the texts have no
    /// more pairs of <see cref="BpeTrainerOptions.MinimumPairFrequency"/>.
    /// </returns>
    /// <exception cref="ArgumentException">The options contradict themselves, or a special token is empty or there twice.</exception>
    /// <exception cref="TokenizerFormatException">The split pattern is none that .NET understands.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static BpeTokenizer Train(
        IEnumerable<string> texts,
        BpeTrainerOptions options,
        IProgress<BpeTrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();

        AddedToken[] special = [.. options.SpecialTokens.Select((content, id) => new AddedToken(id, content))];
        PreTokenizerStep[] steps =
        [
            new SplitStep(options.SplitPattern, IsRegex: true, PieceSelection.All),
            new ByteLevelStep(AddsPrefixSpace: false, UsesPattern: false),
        ];
        var counter = new WordCounter(EncodingPipeline.CreateSplitter(steps), special);
        long read = 0;
        foreach (string text in texts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            counter.AddText(text);
            if (++read % BpeTrainingProgress.TextInterval == 0)
            {
                Report(learnt: 0);
            }
        }

        var learner = new MergeLearner(counter.Words, options.SpecialTokens);
        while (learner.Tokens.Count + special.Length < options.VocabularySize && learner.TryLearn(options.MinimumPairFrequency))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (learner.Merges.Count % BpeTrainingProgress.MergeInterval == 0)
            {
                Report(special.Length + learner.Tokens.Count);
            }
        }

        Report(special.Length + learner.Tokens.Count);
        return new BpeTokenizer(new TokenizerDefinition
        {
            Tokens = [.. special.Select(token => token.Content), .. learner.Tokens.Select(token => ByteAlphabet.ToText(token))],
            Merges = learner.Merges,
            AddedTokens = special,
            NormalizesToNfc = true,
            PreTokenizers = steps,
        });

        void Report(int learnt) => progress?.Report(new BpeTrainingProgress(read, counter.Words.Count, learnt, options.VocabularySize));
    }
}
