namespace ToolRM.Engines.Cpu.Backward;

/// <summary>A layer's keys and values in the layouts that the backward pass needs, and their gradients.</summary>
internal sealed unsafe class AttentionGradients(DecoderShape shape) : IDisposable
{
    public KeyPanels KeyPanels { get; } = new(shape);

    public KeyPanels ValuePanels { get; } = new(shape);

    public KeyRows KeyRows { get; } = new(shape);

    public KeyRows KeyGradient { get; } = new(shape);

    public KeyRows ValueGradient { get; } = new(shape);

    /// <summary>Makes room.</summary>
    public void Ensure(int blocks)
    {
        KeyPanels.Ensure(blocks);
        ValuePanels.Ensure(blocks);
        KeyRows.Ensure(blocks);
        KeyGradient.Ensure(blocks);
        ValueGradient.Ensure(blocks);
    }

    /// <summary>Stores the key and value in a slot, and sets their gradients to zero.</summary>
    public void Store(int head, int slot, float* key, float* value)
    {
        KeyPanels.Store(head, slot, key);
        KeyRows.Store(head, slot, key);
        ValuePanels.Store(head, slot, value);
        new Span<float>(KeyGradient.Row(head, slot), shape.PaddedHeadSize).Clear();
        new Span<float>(ValueGradient.Row(head, slot), shape.PaddedHeadSize).Clear();
    }

    public void Dispose()
    {
        KeyPanels.Dispose();
        ValuePanels.Dispose();
        KeyRows.Dispose();
        KeyGradient.Dispose();
        ValueGradient.Dispose();
    }
}
