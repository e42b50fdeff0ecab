using ToolRM.Engines;

namespace ToolRM.Scoring;

/// <summary>
/// Prompts whose keys and values are kept from one forest to the next: a tree of blocks of <see cref="IPrefixBlock.Tokens"/>
/// tokens, each known by its tokens and the block it continues. The blocks unused for longest make room for new ones. Used
/// by one thread at a time.
/// </summary>
/// <param name="engine">Whose blocks they are.</param>
/// <param name="tokens">Most tokens to keep.</param>
internal sealed class PrefixCache(IPrefixCachingEngine engine, int tokens) : IDisposable
{
    private readonly int _mostBlocks = tokens / IPrefixBlock.Tokens;
    private readonly Dictionary<Key, Entry> _entries = [];
    private readonly LinkedList<Entry> _byUse = [];
    private readonly Stack<IPrefixBlock> _free = [];
    private int _created;
    private long _lastId;

    /// <summary>Number of tokens at the prompt's beginning that need not be computed.</summary>
    public int KnownTokens(int[] prompt)
    {
        int known = 0;
        long parent = 0;
        while (Find(prompt, known, parent) is { } entry)
        {
            known++;
            parent = entry.Id;
        }

        return known * IPrefixBlock.Tokens;
    }

    /// <summary>
    /// Takes a prompt's known blocks into use, and sets blocks aside for those to be computed, as far as there is room. Ends
    /// with <see cref="Return"/>.
    /// </summary>
    public PrefixLease Lease(int[] prompt)
    {
        var known = new List<Entry>();
        long parent = 0;
        while (Find(prompt, known.Count, parent) is { } entry)
        {
            known.Add(entry);
            entry.Users++;
            parent = entry.Id;
        }

        // The first block last, so that a block is never dropped before those that continue it.
        for (int i = known.Count - 1; i >= 0; i--)
        {
            _byUse.Remove(known[i].Node);
            _byUse.AddLast(known[i].Node);
        }

        var fresh = new List<IPrefixBlock>();
        for (int block = known.Count; (block + 1) * IPrefixBlock.Tokens <= prompt.Length && TakeBlock() is { } memory; block++)
        {
            fresh.Add(memory);
        }

        return new PrefixLease(prompt, known, fresh);
    }

    /// <summary>Ends the use of a lease's blocks.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="isComputed">Whether its new blocks hold what they were set aside for and are to be kept.</param>
    public void Return(PrefixLease lease, bool isComputed)
    {
        foreach (Entry entry in lease.KnownEntries)
        {
            entry.Users--;
        }

        Entry? parent = lease.KnownEntries is [.., { } last] ? last : null;
        for (int i = 0; i < lease.Fresh.Count; i++)
        {
            int start = (lease.KnownEntries.Count + i) * IPrefixBlock.Tokens;
            var key = new Key(parent?.Id ?? 0, lease.Prompt.AsMemory(start, IPrefixBlock.Tokens));
            Entry? same = null;
            if (isComputed && !_entries.TryGetValue(key, out same))
            {
                parent = Insert(parent, key, lease.Fresh[i]);
                continue;
            }

            // The forest was not computed, or another of its requests began with the same tokens.
            _free.Push(lease.Fresh[i]);
            parent = same;
        }
    }

    public void Dispose()
    {
        foreach (Entry entry in _byUse)
        {
            entry.Block.Dispose();
        }

        foreach (IPrefixBlock block in _free)
        {
            block.Dispose();
        }
    }

    private Entry? Find(int[] prompt, int block, long parent)
    {
        int start = block * IPrefixBlock.Tokens;
        return start + IPrefixBlock.Tokens <= prompt.Length
            ? _entries.GetValueOrDefault(new Key(parent, prompt.AsMemory(start, IPrefixBlock.Tokens)))
            : null;
    }

    private Entry Insert(Entry? parent, Key key, IPrefixBlock block)
    {
        // A copy: the prompt would stay in memory as long as any of its blocks.
        var entry = new Entry(key with { Tokens = key.Tokens.ToArray() }, block, ++_lastId);
        _entries.Add(entry.Key, entry);

        // In front of the block it continues, to be dropped before it.
        if (parent is null)
        {
            _byUse.AddLast(entry.Node);
        }
        else
        {
            _byUse.AddBefore(parent.Node, entry.Node);
        }

        return entry;
    }

    /// <summary>Memory for a block: unused, new, or that of the block unused for longest; null if all are in use.</summary>
    private IPrefixBlock? TakeBlock()
    {
        if (_free.TryPop(out IPrefixBlock? free))
        {
            return free;
        }

        if (_created < _mostBlocks)
        {
            _created++;
            return engine.CreatePrefixBlock();
        }

        if (_byUse.First is not { Value.Users: 0 } oldest)
        {
            return null;
        }

        _byUse.RemoveFirst();
        _entries.Remove(oldest.Value.Key);
        return oldest.Value.Block;
    }

    /// <summary>A block's tokens and the number of the block it continues, 0 for none.</summary>
    internal readonly record struct Key(long Parent, ReadOnlyMemory<int> Tokens)
    {
        public bool Equals(Key other) => Parent == other.Parent && Tokens.Span.SequenceEqual(other.Tokens.Span);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.Add(Parent);
            foreach (int token in Tokens.Span)
            {
                hash.Add(token);
            }

            return hash.ToHashCode();
        }
    }

    /// <summary>A block that is kept.</summary>
    internal sealed class Entry
    {
        public Entry(Key key, IPrefixBlock block, long id)
        {
            (Key, Block, Id) = (key, block, id);
            Node = new LinkedListNode<Entry>(this);
        }

        public Key Key { get; }

        public IPrefixBlock Block { get; }

        public long Id { get; }

        public LinkedListNode<Entry> Node { get; }

        /// <summary>Number of leases that hold it.</summary>
        public int Users { get; set; }
    }
}
