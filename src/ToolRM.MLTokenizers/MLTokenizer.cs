using System.Globalization;
using Microsoft.ML.Tokenizers;
using ToolRM.Tokenization;

namespace ToolRM.MLTokenizers;

/// <summary>
/// Any <see cref="Tokenizer"/> of Microsoft.ML.Tokenizers as the tokenizer of a reward model
/// (<see cref="RewardModelOptions.Tokenizer"/>). Control tokens are made here, never by that tokenizer: it only ever sees
/// ordinary text, so that text of unknown origin cannot become a control token by spelling it. Immutable, and safe to call from
/// many threads at once if the tokenizer is, as those of that library are.
/// </summary>
/// <remarks>
/// <para>
/// The tokenizer must give the ids that the model was trained with: that it has the vocabulary, the pre-tokenizer and the
/// normalizer of the model cannot be seen here (models of Qwen need an <see cref="NfcNormalizer"/>). It must add no token of its
/// own (no beginning or end of sentence), because the prompt templates write every control token themselves, and leave no text
/// out: a BPE without byte level and without an unknown token is refused, as is a pre-tokenizer that skips characters, such as
/// that library's default. A lone surrogate counts as U+FFFD.
/// </para>
/// <para>
/// Pre-tokenizers of that library are .NET regular expressions, which take letters and digits beyond U+FFFF for two symbols:
/// text with them may get other ids than the model was trained with. <see cref="Tokenization.BpeTokenizer"/> has the right ones.
/// The time that a <see cref="TiktokenTokenizer"/> takes grows with the square of the length of a word.
/// </para>
/// <code>
/// var bpe = BpeTokenizer.Create(new BpeOptions("vocab.json", "merges.txt")
/// {
///     ByteLevel = true,
///     Normalizer = new NfcNormalizer(),
///     PreTokenizer = new RegexPreTokenizer(pattern, specialTokens: null),
/// });
/// var control = new Dictionary&lt;string, int&gt; { ["&lt;|im_start|&gt;"] = 151644, ["&lt;|im_end|&gt;"] = 151645 };
/// var tokenizer = new MLTokenizer(bpe, control);
/// using RewardModel model = await RewardModel.LoadAsync(folder, new RewardModelOptions { Tokenizer = tokenizer });
/// </code>
/// </remarks>
public sealed class MLTokenizer : ITokenizer
{
    private readonly Tokenizer _tokenizer;
    private readonly Dictionary<string, int> _controlIds;
    private readonly Dictionary<int, string> _controlTexts;
    private readonly OrdinaryText _text;
    private readonly AddedTokenMatcher? _matcher;

    /// <summary>Wraps a tokenizer.</summary>
    /// <param name="tokenizer">The tokenizer of ordinary text, created without special tokens.</param>
    /// <param name="controlTokens">The model's control tokens with their ids, such as <c>&lt;|im_end|&gt;</c>; none by default.</param>
    /// <param name="vocabularySize">
    /// One more than the largest token id; by default that of the tokenizer's <c>Vocabulary</c>, which not every kind shows.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="vocabularySize"/> is less than 1.</exception>
    /// <exception cref="ArgumentException">
    /// A control token is empty, has an id out of range, or shares its id with another; or the size is not given and cannot be
    /// told from the tokenizer.
    /// </exception>
    /// <exception cref="ToolRMException">
    /// The tokenizer makes control tokens of text, adds tokens to it, or leaves parts of it out.
    /// </exception>
    public MLTokenizer(Tokenizer tokenizer, IReadOnlyDictionary<string, int>? controlTokens = null, int? vocabularySize = null)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabularySize ?? 1, 1, nameof(vocabularySize));
        _tokenizer = tokenizer;
        _controlIds = new Dictionary<string, int>(controlTokens ?? new Dictionary<string, int>(), StringComparer.Ordinal);
        VocabularySize = vocabularySize ?? Math.Max(
            TokenizerTraits.LargestId(tokenizer) ?? throw new ArgumentException(
                $"A {tokenizer.GetType().Name} does not show its vocabulary: give its size, one more than its largest token id.",
                nameof(vocabularySize)),
            _controlIds.Values.DefaultIfEmpty(-1).Max()) + 1;
        _controlTexts = [];
        foreach ((string text, int id) in _controlIds)
        {
            CheckControlToken(text, id, _controlIds);
        }

        IReadOnlyDictionary<string, int> own = TokenizerTraits.SpecialTokens(tokenizer);
        _text = new OrdinaryText(tokenizer, [.. _controlIds.Values, .. own.Values], VocabularySize);
        _text.Check(_controlIds.Keys.Concat(own.Keys));
        if (_controlIds.Count > 0)
        {
            _matcher = new AddedTokenMatcher(_controlIds.Select(token => (new AddedToken(token.Value, token.Key), token.Key)));
        }
    }

    /// <inheritdoc/>
    public int VocabularySize { get; }

    /// <inheritdoc/>
    /// <exception cref="ToolRMException">
    /// The tokenizer made a control token of ordinary text, or an id beyond the vocabulary; it has no token for a byte of the text;
    /// or its pre-tokenizer did not end in the time that it allows itself.
    /// </exception>
    public void Encode(ReadOnlySpan<char> text, List<int> destination, bool matchAddedTokens = true)
    {
        ArgumentNullException.ThrowIfNull(destination);
        int done = 0;
        while (matchAddedTokens && _matcher is not null && _matcher.TryFind(text, done, out AddedTokenMatch match))
        {
            _text.Encode(text[done..match.Start], destination);
            destination.Add(match.Id);
            done = match.End;
        }

        _text.Encode(text[done..], destination);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Control tokens are printed as they are written; runs of other ids are left to the tokenizer. Bytes that are no valid UTF-8 become
    /// U+FFFD in those of byte-level BPE.
    /// </remarks>
    public string Decode(ReadOnlySpan<int> ids)
    {
        var texts = new List<string>();
        var run = new List<int>();
        foreach (int id in ids)
        {
            if ((uint)id >= (uint)VocabularySize || IsHole(id))
            {
                throw new ArgumentOutOfRangeException(nameof(ids), id, FormattableString.Invariant(
                    $"There is no token {id}: the vocabulary has ids from 0 to {VocabularySize - 1}."));
            }

            if (_controlTexts.TryGetValue(id, out string? control))
            {
                Flush();
                texts.Add(control);
            }
            else
            {
                run.Add(id);
            }
        }

        Flush();
        return string.Concat(texts);

        void Flush()
        {
            texts.Add(_tokenizer.Decode(run));
            run.Clear();
        }
    }

    /// <inheritdoc/>
    public int? GetAddedTokenId(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return _controlIds.TryGetValue(token, out int id) ? id : null;
    }

    /// <summary>
    /// The library leaves out ids without a token; only of the vocabularies that it shows can tokens without text be told from them.
    /// </summary>
    private bool IsHole(int id) =>
        !_controlTexts.ContainsKey(id) && _tokenizer.Decode([id]).Length == 0 && !TokenizerTraits.Shows(_tokenizer, id);

    private void CheckControlToken(string text, int id, IReadOnlyDictionary<string, int> controlTokens)
    {
        string problem =
            text.Length == 0 ? "is empty"
            : (uint)id >= (uint)VocabularySize ? $"is not from 0 to {(VocabularySize - 1).ToString(CultureInfo.InvariantCulture)}"
            : !_controlTexts.TryAdd(id, text) ? $"is also that of '{_controlTexts[id]}'"
            : "";
        if (problem.Length > 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Control token '{text}' with id {id}: the {(text.Length == 0 ? "text" : "id")} {problem}."),
                nameof(controlTokens));
        }
    }
}
