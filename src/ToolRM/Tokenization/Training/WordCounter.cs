using System.Runtime.InteropServices;
using ToolRM.Tokenization.Normalization;
using ToolRM.Tokenization.Splitting;

namespace ToolRM.Tokenization.Training;

/// <summary>Counts the words of texts, leaving out special tokens.</summary>
internal sealed class WordCounter : IPieceSink
{
    /// <summary>
    /// Longer words (encoded data, rules of dashes) are not counted: they hold no pairs worth learning and would make each
    /// merge slow.
    /// </summary>
    private const int MaxWordLength = 256;

    private readonly Splitter _splitter;
    private readonly AddedTokenMatcher _special;
    private readonly NfcNormalizer _normalizer = new();
    private readonly Dictionary<string, long> _words = [];
    private readonly Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public WordCounter(Splitter splitter, IEnumerable<AddedToken> special)
    {
        _splitter = splitter;
        _special = new AddedTokenMatcher(special.Select(token => (token, token.Content)));
        _lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public IReadOnlyDictionary<string, long> Words => _words;

    public void AddText(ReadOnlySpan<char> text)
    {
        int done = 0;
        while (_special.TryFind(text, done, out AddedTokenMatch match))
        {
            _splitter.Split(_normalizer.Normalize(text[done..match.Start]), this);
            done = match.End;
        }

        _splitter.Split(_normalizer.Normalize(text[done..]), this);
        _normalizer.Trim();
    }

    void IPieceSink.Add(ReadOnlySpan<char> piece)
    {
        if (piece.Length <= MaxWordLength)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_lookup, piece, out _)++;
        }
    }
}
