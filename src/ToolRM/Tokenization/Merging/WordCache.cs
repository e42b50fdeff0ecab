using System.Numerics;
using System.Runtime.InteropServices;

namespace ToolRM.Tokenization.Merging;

/// <summary>
/// The ids of words met before, for one thread at a time. Bounded: when a buffer is full everything is forgotten, and a
/// word is looked for in a few neighbouring slots only, so that words made to collide cost little. Does not allocate
/// once its buffers have grown.
/// </summary>
internal sealed class WordCache
{
    /// <summary>Longer words (in chars) are rare and are not kept.</summary>
    public const int MaxKeyLength = 48;

    private const int InitialSlots = 1 << 10;
    private const int MaxSlots = 1 << 16;
    private const int Probes = 8;

    private Slot[] _slots = new Slot[InitialSlots];
    private char[] _keys = new char[InitialSlots * 4];
    private int[] _ids = new int[InitialSlots * 2];
    private int _used;
    private int _keyEnd;
    private int _idEnd;

    public static uint Hash(ReadOnlySpan<char> key)
    {
        const ulong Factor = 0x9E3779B97F4A7C15;
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(key);
        ulong hash = (ulong)bytes.Length * Factor;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            hash = BitOperations.RotateLeft((hash ^ MemoryMarshal.Read<ulong>(bytes)) * Factor, 29);
        }

        ulong tail = 0;
        foreach (char character in MemoryMarshal.Cast<byte, char>(bytes))
        {
            tail = (tail << 16) | character;
        }

        hash = (hash ^ tail) * Factor;
        return (uint)((hash ^ (hash >> 32)) * Factor >> 32);
    }

    /// <summary>The ids of a word of at most <see cref="MaxKeyLength"/> chars, valid until the next <see cref="Add"/>.</summary>
    public bool TryGet(ReadOnlySpan<char> key, uint hash, out ReadOnlySpan<int> ids)
    {
        Slot[] slots = _slots;
        for (uint probe = 0; probe < Probes; probe++)
        {
            ref readonly Slot slot = ref slots[(hash + probe) & (uint)(slots.Length - 1)];
            if (slot.IdCount == 0)
            {
                break;
            }

            if (slot.Hash == hash && key.SequenceEqual(_keys.AsSpan(slot.KeyStart, slot.KeyLength)))
            {
                ids = _ids.AsSpan(slot.IdStart, slot.IdCount);
                return true;
            }
        }

        ids = default;
        return false;
    }

    /// <summary>Keeps a word that <see cref="TryGet"/> did not find; it has at least one id.</summary>
    public void Add(ReadOnlySpan<char> key, uint hash, ReadOnlySpan<int> ids)
    {
        if (_used >= _slots.Length / 2 || _keyEnd + key.Length > _keys.Length || _idEnd + ids.Length > _ids.Length)
        {
            GrowOrForget();
        }

        ref Slot slot = ref FindSlotFor(hash);
        _used += slot.IdCount == 0 ? 1 : 0;
        slot = new Slot { Hash = hash, KeyStart = _keyEnd, IdStart = _idEnd, KeyLength = (ushort)key.Length, IdCount = (ushort)ids.Length };
        key.CopyTo(_keys.AsSpan(_keyEnd));
        ids.CopyTo(_ids.AsSpan(_idEnd));
        _keyEnd += key.Length;
        _idEnd += ids.Length;
    }

    /// <summary>The first free slot, or the word's first slot if there is none: the word in it is forgotten.</summary>
    private ref Slot FindSlotFor(uint hash)
    {
        uint mask = (uint)(_slots.Length - 1);
        for (uint probe = 0; probe < Probes; probe++)
        {
            ref Slot slot = ref _slots[(hash + probe) & mask];
            if (slot.IdCount == 0)
            {
                return ref slot;
            }
        }

        return ref _slots[hash & mask];
    }

    private void GrowOrForget()
    {
        Slot[] old = _slots;
        if (old.Length == MaxSlots)
        {
            Array.Clear(old);
            _used = _keyEnd = _idEnd = 0;
            return;
        }

        _slots = new Slot[old.Length * 2];
        Array.Resize(ref _keys, _keys.Length * 2);
        Array.Resize(ref _ids, _ids.Length * 2);
        _used = 0;
        foreach (Slot slot in old)
        {
            if (slot.IdCount > 0)
            {
                ref Slot free = ref FindSlotFor(slot.Hash);
                _used += free.IdCount == 0 ? 1 : 0;
                free = slot;
            }
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Slot
    {
        public uint Hash;
        public int KeyStart;
        public int IdStart;
        public ushort KeyLength;

        /// <summary>0 marks a free slot.</summary>
        public ushort IdCount;
    }
}
