using ToolRM.Verification.Tables;
using ToolRM.Verification.Text;

namespace ToolRM.Verification.Demands;

/// <summary>Items that a text lists: "Paris, London and Rome".</summary>
/// <param name="Items">The stems of each item's words; at least two items.</param>
internal sealed record ListedItems(IReadOnlyList<IReadOnlyList<string>> Items);

/// <summary>
/// Finds lists: runs of at most four words that are no stop words and no verbs, divided by commas and "and". A list has an "and" or three
/// items, and its items are alike: all names, all numbers or all neither. Of the first name only the last capitalised words count,
/// of the last name only the first; a state's abbreviation after a name ("Austin, TX") is no item.
/// </summary>
internal sealed class ListScanner
{
    private const int MaxItemWords = 4, MaxSkippedWords = 2;

    private readonly string _text;
    private readonly IReadOnlyList<Word> _words;
    private readonly List<ListedItems> _lists = [];
    private readonly List<Range> _items = [];
    private int _first = -1;
    private int _skipped;
    private bool _hasAnd;

    private ListScanner(string text, IReadOnlyList<Word> words)
    {
        _text = text;
        _words = words;
    }

    private enum Kind
    {
        Other,
        Name,
        Number,
    }

    /// <summary>The lists of a text with the given words and what lies between them.</summary>
    public static IReadOnlyList<ListedItems> Scan(string text, IReadOnlyList<Word> words, IReadOnlyList<Gap> gaps)
    {
        var scanner = new ListScanner(text, words);
        for (int i = 0; i < words.Count; i++)
        {
            scanner.Read(i, gaps[i]);
        }

        scanner.EndList(words.Count);
        return scanner._lists;
    }

    private void Read(int i, Gap gap)
    {
        if (gap is Gap.Clause or Gap.Sentence)
        {
            EndList(i);
        }
        else if (gap is Gap.Comma or Gap.Ampersand)
        {
            EndItem(i, gap == Gap.Ampersand);
        }

        Word word = _words[i];
        if (word.Text == "and")
        {
            EndItem(i, isAnd: true);
        }
        else if (gap == Gap.Comma && IsState(i))
        {
            _first = -1;
        }
        else if (Words.IsStopWord(word.Text))
        {
            if (_first >= 0 || ++_skipped > MaxSkippedWords)
            {
                EndList(i);
            }
        }
        else if (VerbClasses.IsVerb(word.Stem) && (!IsCapital(i) || i == 0 || gap == Gap.Sentence))
        {
            EndList(i);
        }
        else if (_first < 0)
        {
            _first = i;
        }
        else if (i - _first >= MaxItemWords)
        {
            // Where the first item begins is unknown, so that its last words count; any other is the last of its list.
            bool isFirst = _items.Count == 0;
            if (!isFirst)
            {
                EndList(i);
            }

            _first = isFirst ? i - MaxItemWords + 1 : i;
        }
    }

    private void EndItem(int end, bool isAnd)
    {
        if (_first >= 0)
        {
            _items.Add(_first..end);
            _first = -1;
            _skipped = 0;
        }

        _hasAnd |= isAnd && _items.Count > 0;
    }

    private void EndList(int end)
    {
        EndItem(end, isAnd: false);
        if (_items.Count > (_hasAnd ? 1 : 2))
        {
            var kinds = new HashSet<Kind>();
            foreach (Range item in _items)
            {
                kinds.Add(KindOf(item));
            }

            if (kinds.Count == 1)
            {
                bool isNames = kinds.Contains(Kind.Name);
                var items = new IReadOnlyList<string>[_items.Count];
                for (int i = 0; i < items.Length; i++)
                {
                    items[i] = Stems(_items[i], isNames && i == 0, isNames && i == items.Length - 1);
                }

                _lists.Add(new ListedItems(items));
            }
        }

        _items.Clear();
        _first = -1;
        _skipped = 0;
        _hasAnd = false;
    }

    private Kind KindOf(Range item)
    {
        bool isNumber = false;
        for (int i = item.Start.Value; i < item.End.Value; i++)
        {
            if (IsCapital(i))
            {
                return Kind.Name;
            }

            isNumber |= char.IsDigit(_words[i].Text[0]);
        }

        return isNumber ? Kind.Number : Kind.Other;
    }

    private List<string> Stems(Range item, bool onlyLastName, bool onlyFirstName)
    {
        int first = item.Start.Value, end = item.End.Value;
        if (onlyLastName)
        {
            while (end > first + 1 && !IsCapital(end - 1))
            {
                end--;
            }

            int begin = end - 1;
            while (begin > first && IsCapital(begin - 1))
            {
                begin--;
            }

            first = begin;
        }
        else if (onlyFirstName)
        {
            while (!IsCapital(first))
            {
                first++;
            }

            int last = first + 1;
            while (last < end && IsCapital(last))
            {
                last++;
            }

            end = last;
        }

        var stems = new List<string>(end - first);
        for (int i = first; i < end; i++)
        {
            stems.Add(_words[i].Stem);
        }

        return stems;
    }

    private bool IsCapital(int i) => char.IsUpper(_text[_words[i].Start]);

    /// <summary>Whether a word in two capitals follows an item that is none.</summary>
    private bool IsState(int i) => IsTwoCapitals(i) && i > 0 && !IsTwoCapitals(i - 1) && _items.Count > 0;

    private bool IsTwoCapitals(int i) => _words[i].Length == 2 && IsCapital(i) && char.IsUpper(_text[_words[i].Start + 1]);
}
