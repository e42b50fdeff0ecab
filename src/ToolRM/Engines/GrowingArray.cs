using System.Runtime.CompilerServices;

namespace ToolRM.Engines;

/// <summary>A list whose memory is used again and whose content is a span.</summary>
internal sealed class GrowingArray<T>
{
    private T[] _items = [];

    public int Count { get; private set; }

    public Span<T> Span => _items.AsSpan(0, Count);

    public void Add(T item)
    {
        Reserve(1);
        _items[Count++] = item;
    }

    public void Add(ReadOnlySpan<T> items)
    {
        Reserve(items.Length);
        items.CopyTo(_items.AsSpan(Count));
        Count += items.Length;
    }

    /// <summary>Adds the same item many times.</summary>
    public void Fill(T item, int count)
    {
        Reserve(count);
        _items.AsSpan(Count, count).Fill(item);
        Count += count;
    }

    public void Clear()
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            Span.Clear();
        }

        Count = 0;
    }

    private void Reserve(int count)
    {
        if (Count + count > _items.Length)
        {
            Array.Resize(ref _items, Math.Max(Count + count, 2 * _items.Length));
        }
    }
}
