using System.Runtime.InteropServices;
using System.Text;

namespace ToolRM.Tokenization.Training;

/// <summary>
/// Learns one merge after the other. Every pair knows how often it occurs and in which words, so a merge costs only the
/// words it changes; a heap, corrected when an outdated entry comes up, knows the most frequent pair.
/// </summary>
internal sealed class MergeLearner
{
    private readonly int _firstId;
    private readonly HashSet<string> _reserved;
    private readonly List<byte[]> _tokens = [];
    private readonly List<(int Left, int Right)> _merges = [];
    private readonly Dictionary<string, int> _ids = [];
    private readonly List<Word> _words = [];
    private readonly Dictionary<(int Left, int Right), Pair> _pairs = [];
    private readonly PriorityQueue<(int Left, int Right), (long Count, int Left, int Right)> _queue =
        new(Comparer<(long Count, int Left, int Right)>.Create(Compare));

    private readonly HashSet<(int Left, int Right)> _grown = [];

    /// <param name="words">The words and how often they occur.</param>
    /// <param name="reserved">Texts no token may get, because control tokens, which have the ids before byte 0, have them.</param>
    public MergeLearner(IEnumerable<KeyValuePair<string, long>> words, IReadOnlyCollection<string> reserved)
    {
        _firstId = reserved.Count;
        _reserved = [.. reserved];
        for (int value = 0; value <= byte.MaxValue; value++)
        {
            AddToken([(byte)value]);
        }

        foreach ((string text, long count) in words)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            var word = new Word(Array.ConvertAll(bytes, value => _firstId + value), count);
            _words.Add(word);
            CountPairs(_words.Count - 1, word.Count, made: null);
        }

        foreach (((int Left, int Right) pair, Pair entry) in _pairs)
        {
            Enqueue(pair, entry.Count);
        }
    }

    /// <summary>The bytes of the tokens, from the first byte's on.</summary>
    public IReadOnlyList<byte[]> Tokens => _tokens;

    /// <summary>The merges as pairs of ids, in the order they were learnt.</summary>
    public IReadOnlyList<(int Left, int Right)> Merges => _merges;

    /// <summary>Learns the next merge; false if no pair occurs at least <paramref name="minimum"/> times.</summary>
    public bool TryLearn(long minimum)
    {
        while (_queue.TryDequeue(out (int Left, int Right) pair, out (long Count, int, int) priority))
        {
            if (!_pairs.TryGetValue(pair, out Pair? entry) || entry.Count < minimum)
            {
                continue;
            }

            if (entry.Count != priority.Count)
            {
                Enqueue(pair, entry.Count);
                continue;
            }

            byte[] bytes = [.. _tokens[pair.Left - _firstId], .. _tokens[pair.Right - _firstId]];
            if (!_reserved.Contains(ByteAlphabet.ToText(bytes)))
            {
                Apply(pair, entry, bytes);
                return true;
            }
        }

        return false;
    }

    private void Apply((int Left, int Right) pair, Pair entry, byte[] bytes)
    {
        _merges.Add(pair);

        // The same bytes may come about in two ways: they stay one token.
        int made = _ids.TryGetValue(ByteAlphabet.ToText(bytes), out int existing) ? existing : AddToken(bytes);
        foreach (int index in entry.Words)
        {
            Word word = _words[index];
            CountPairs(index, -word.Count, made: null);
            word.Merge(pair, made);
            CountPairs(index, word.Count, made);
        }

        _ = _pairs.Remove(pair);
        foreach ((int Left, int Right) grown in _grown)
        {
            Enqueue(grown, _pairs[grown].Count);
        }

        _grown.Clear();
    }

    /// <summary>
    /// Adds a word's pairs to the counts or takes them away. When added, pairs with <paramref name="made"/>, or all if that
    /// is null, note that they are in the word; the others have it noted already.
    /// </summary>
    private void CountPairs(int index, long count, int? made)
    {
        ReadOnlySpan<int> symbols = _words[index].Symbols;
        for (int i = 0; i + 1 < symbols.Length; i++)
        {
            (int Left, int Right) pair = (symbols[i], symbols[i + 1]);
            Pair entry = CollectionsMarshal.GetValueRefOrAddDefault(_pairs, pair, out _) ??= new Pair();
            entry.Count += count;
            if (count > 0 && (made is null || pair.Left == made || pair.Right == made))
            {
                entry.Contain(index);
                _ = made is not null && _grown.Add(pair);
            }
        }
    }

    private int AddToken(byte[] bytes)
    {
        int id = _firstId + _tokens.Count;
        _tokens.Add(bytes);
        _ids.Add(ByteAlphabet.ToText(bytes), id);
        return id;
    }

    private void Enqueue((int Left, int Right) pair, long count) => _queue.Enqueue(pair, (count, pair.Left, pair.Right));

    /// <summary>The more frequent pair first, then the smaller ids, so that the result depends on nothing else.</summary>
    private static int Compare((long Count, int Left, int Right) x, (long Count, int Left, int Right) y) =>
        (y.Count, x.Left, x.Right).CompareTo((x.Count, y.Left, y.Right));

    private sealed class Pair
    {
        private readonly List<int> _words = [];

        public long Count { get; set; }

        public IReadOnlyList<int> Words => _words;

        public void Contain(int word)
        {
            if (_words.Count == 0 || _words[^1] != word)
            {
                _words.Add(word);
            }
        }
    }

    private sealed class Word(int[] symbols, long count)
    {
        private int _length = symbols.Length;

        public long Count => count;

        public ReadOnlySpan<int> Symbols => symbols.AsSpan(0, _length);

        public void Merge((int Left, int Right) pair, int made)
        {
            int written = 0;
            for (int i = 0; i < _length; written++)
            {
                bool joins = i + 1 < _length && symbols[i] == pair.Left && symbols[i + 1] == pair.Right;
                symbols[written] = joins ? made : symbols[i];
                i += joins ? 2 : 1;
            }

            _length = written;
        }
    }
}
