namespace ToolRM.Engines.Cpu;

/// <summary>
/// A vector per key and head, as panels (head, block, feature, key) for the matmul kernel: a tile of queries meets a whole
/// block of keys at once.
/// </summary>
internal sealed unsafe class KeyPanels(DecoderShape shape) : IDisposable
{
    private readonly AlignedBuffer _values = new();
    private int _blocks;

    /// <summary>Makes room for <paramref name="blocks"/> key blocks.</summary>
    public void Ensure(int blocks)
    {
        _blocks = blocks;
        _values.Ensure((long)shape.KeyValueHeads * blocks * shape.Width * shape.HeadSize);
    }

    /// <summary>The panel of one block of keys: B[feature, key].</summary>
    public float* Panel(int head, int block) => _values.Pointer + ((((long)head * _blocks) + block) * shape.HeadSize * shape.Width);

    /// <summary>Stores the vector of the key in a slot.</summary>
    public void Store(int head, int slot, float* vector)
    {
        float* column = Panel(head, slot / shape.Width) + (slot % shape.Width);
        for (int i = 0; i < shape.HeadSize; i++)
        {
            column[(nint)i * shape.Width] = vector[i];
        }
    }

    public void Dispose() => _values.Dispose();
}
