using System.Numerics;
using System.Security.Cryptography;

namespace ToolRM.Tokenization.Merging;

/// <summary>From a pair of ids to the rank of their merge and the id it makes: an open hash table, read-only once built.</summary>
internal sealed class MergeTable
{
    /// <summary>The rank of a pair that does not merge: worse than all others.</summary>
    public const uint NoRank = uint.MaxValue;

    private const ulong EmptyKey = ulong.MaxValue;

    private readonly Entry[] _entries;
    private readonly int _shift;

    /// <summary>Random and odd, so that no file can be made whose merges all collide.</summary>
    private readonly ulong _multiplier = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;

    /// <param name="merges">The merges by rank; of a pair that is there twice the later counts, as in Hugging Face tokenizers.</param>
    /// <param name="made">The id each merge makes.</param>
    public MergeTable(IReadOnlyList<(int Left, int Right)> merges, ReadOnlySpan<int> made)
    {
        int bits = Math.Max(4, BitOperations.Log2((uint)merges.Count * 2 + 1) + 1);
        _shift = 64 - bits;
        _entries = new Entry[1 << bits];
        Array.Fill(_entries, new Entry { Key = EmptyKey });
        for (int rank = 0; rank < merges.Count; rank++)
        {
            ulong key = Key(merges[rank].Left, merges[rank].Right);
            int slot = Slot(key);
            while (_entries[slot].Key != EmptyKey && _entries[slot].Key != key)
            {
                slot = (slot + 1) & (_entries.Length - 1);
            }

            _entries[slot] = new Entry { Key = key, Rank = (uint)rank, Made = made[rank] };
        }
    }

    /// <summary>The rank of a merge, smaller is better, or <see cref="NoRank"/>.</summary>
    public uint Find(int left, int right, out int made)
    {
        ulong key = Key(left, right);
        Entry[] entries = _entries;
        for (int slot = Slot(key); ; slot = (slot + 1) & (entries.Length - 1))
        {
            ref readonly Entry entry = ref entries[slot];
            if (entry.Key == key)
            {
                made = entry.Made;
                return entry.Rank;
            }

            if (entry.Key == EmptyKey)
            {
                made = -1;
                return NoRank;
            }
        }
    }

    private static ulong Key(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    private int Slot(ulong key) => (int)(key * _multiplier >> _shift);

    private struct Entry
    {
        public ulong Key;
        public uint Rank;
        public int Made;
    }
}
