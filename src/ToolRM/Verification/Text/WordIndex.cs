using System.Runtime.InteropServices;

namespace ToolRM.Verification.Text;

/// <summary>Where each word of a text occurs. Immutable.</summary>
internal sealed class WordIndex
{
    private readonly IReadOnlyList<Word> _words;
    private readonly Dictionary<string, int> _numbers;
    private readonly int[] _starts;
    private readonly int[] _positions;

    public WordIndex(IReadOnlyList<Word> words)
    {
        _words = words;
        _numbers = new Dictionary<string, int>(words.Count, StringComparer.Ordinal);
        var numbers = new int[words.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, words[i].Text, out bool isKnown);
            number = isKnown ? number : _numbers.Count - 1;
            numbers[i] = number;
        }

        // Sorted by counting: a list for each word would take most of the time.
        _starts = new int[_numbers.Count + 1];
        foreach (int number in numbers)
        {
            _starts[number + 1]++;
        }

        for (int i = 1; i < _starts.Length; i++)
        {
            _starts[i] += _starts[i - 1];
        }

        _positions = new int[numbers.Length];
        int[] next = _starts[..^1];
        for (int i = 0; i < numbers.Length; i++)
        {
            _positions[next[numbers[i]]++] = i;
        }
    }

    /// <summary>The different words.</summary>
    public IReadOnlyCollection<string> Distinct => _numbers.Keys;

    /// <summary>The indices of a word, ascending.</summary>
    public ArraySegment<int> Positions(string word) => _numbers.TryGetValue(word, out int number)
        ? new ArraySegment<int>(_positions, _starts[number], _starts[number + 1] - _starts[number])
        : [];

    /// <summary>Whether a phrase stands at an index.</summary>
    public bool IsAt(int position, IReadOnlyList<Word> phrase)
    {
        if (position + phrase.Count > _words.Count)
        {
            return false;
        }

        for (int i = 0; i < phrase.Count; i++)
        {
            if (!string.Equals(_words[position + i].Text, phrase[i].Text, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
