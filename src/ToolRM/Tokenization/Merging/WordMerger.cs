namespace ToolRM.Tokenization.Merging;

/// <summary>
/// Applies merges to one word: always the best-ranked pair, the leftmost of equals. Holds buffers for long words, so one
/// instance serves one thread at a time.
/// </summary>
internal sealed class WordMerger(MergeTable merges)
{
    /// <summary>Up to this length scanning all ranks beats a heap.</summary>
    private const int ShortWord = 64;

    /// <summary>Buffers longer than this are not kept for the next word.</summary>
    private const int KeptLength = 1 << 20;

    /// <summary>Marks a symbol that was merged into the one before it.</summary>
    private const int Gone = -1;

    private PriorityQueue<int, ulong> _candidates = new();
    private int[] _next = [];
    private int[] _previous = [];

    /// <summary>Merges <paramref name="symbols"/> in place and returns how many are left at its start.</summary>
    public int Merge(Span<int> symbols) => symbols.Length <= ShortWord ? MergeShort(symbols) : MergeLong(symbols);

    /// <summary>Lets go of buffers that an unusually long word has left behind.</summary>
    public void Trim()
    {
        if (_next.Length > KeptLength)
        {
            _candidates = new();
            _next = [];
            _previous = [];
        }
    }

    private int MergeShort(Span<int> symbols)
    {
        int count = symbols.Length;
        Span<uint> ranks = stackalloc uint[ShortWord];
        Span<int> made = stackalloc int[ShortWord];
        for (int i = 0; i + 1 < count; i++)
        {
            ranks[i] = merges.Find(symbols[i], symbols[i + 1], out made[i]);
        }

        while (count > 1)
        {
            int best = 0;
            for (int i = 1; i + 1 < count; i++)
            {
                best = ranks[i] < ranks[best] ? i : best;
            }

            if (ranks[best] == MergeTable.NoRank)
            {
                break;
            }

            symbols[best] = made[best];
            symbols[(best + 2)..count].CopyTo(symbols[(best + 1)..]);
            ranks[(best + 1)..count].CopyTo(ranks[best..]);
            made[(best + 1)..count].CopyTo(made[best..]);
            count--;
            if (best > 0)
            {
                ranks[best - 1] = merges.Find(symbols[best - 1], symbols[best], out made[best - 1]);
            }

            if (best + 1 < count)
            {
                ranks[best] = merges.Find(symbols[best], symbols[best + 1], out made[best]);
            }
        }

        return count;
    }

    /// <summary>A linked list of symbols and a heap of possible merges: n log n, so that a megabyte without a space is no attack.</summary>
    private int MergeLong(Span<int> symbols)
    {
        int count = symbols.Length;
        if (_next.Length < count)
        {
            _next = new int[count];
            _previous = new int[count];
        }

        _candidates.Clear();
        for (int i = 0; i < count; i++)
        {
            _previous[i] = i - 1;
            _next[i] = i + 1;
        }

        for (int i = 0; i + 1 < count; i++)
        {
            Propose(symbols, i);
        }

        while (_candidates.TryDequeue(out int left, out ulong priority))
        {
            // A candidate is stale when one of its symbols has changed since: then its pair has another rank or none.
            int right = _next[left];
            if (symbols[left] == Gone || right >= count
                || merges.Find(symbols[left], symbols[right], out int made) != (uint)(priority >> 32))
            {
                continue;
            }

            symbols[left] = made;
            symbols[right] = Gone;
            int following = _next[right];
            _next[left] = following;
            if (following < count)
            {
                _previous[following] = left;
                Propose(symbols, left);
            }

            if (_previous[left] >= 0)
            {
                Propose(symbols, _previous[left]);
            }
        }

        int kept = 0;
        foreach (int symbol in symbols)
        {
            if (symbol != Gone)
            {
                symbols[kept++] = symbol;
            }
        }

        return kept;
    }

    private void Propose(ReadOnlySpan<int> symbols, int left)
    {
        uint rank = merges.Find(symbols[left], symbols[_next[left]], out _);
        if (rank != MergeTable.NoRank)
        {
            _candidates.Enqueue(left, ((ulong)rank << 32) | (uint)left);
        }
    }
}
