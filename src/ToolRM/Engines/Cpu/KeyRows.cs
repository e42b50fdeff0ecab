namespace ToolRM.Engines.Cpu;

/// <summary>A vector per key and head, as rows (head, key slot, feature) of the padded head size.</summary>
internal sealed unsafe class KeyRows(DecoderShape shape) : IDisposable
{
    private readonly AlignedBuffer _values = new();
    private long _slots;

    /// <summary>Makes room for <paramref name="blocks"/> key blocks.</summary>
    public void Ensure(int blocks)
    {
        _slots = (long)blocks * shape.Width;
        _values.Ensure(shape.KeyValueHeads * _slots * shape.PaddedHeadSize);
    }

    /// <summary>The row of a key slot; the segment's following keys follow.</summary>
    public float* Row(int head, int slot) => _values.Pointer + (((head * _slots) + slot) * shape.PaddedHeadSize);

    /// <summary>Stores the vector of the key in a slot.</summary>
    public void Store(int head, int slot, float* vector) =>
        new ReadOnlySpan<float>(vector, shape.HeadSize).CopyTo(new Span<float>(Row(head, slot), shape.HeadSize));

    /// <summary>Sets all rows to zero.</summary>
    public void Clear() => _values.Clear(shape.KeyValueHeads * _slots * shape.PaddedHeadSize);

    public void Dispose() => _values.Dispose();
}
