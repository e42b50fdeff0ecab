namespace ToolRM.Engines.Cpu;

/// <summary>A layer's keys and values in the layouts that the backward pass needs, and their gradients.</summary>
internal sealed class AttentionGradients(DecoderShape shape) : IDisposable
{
    public KeyPanels KeyPanels { get; } = new(shape);

    public KeyPanels ValuePanels { get; } = new(shape);

    public KeyRows KeyRows { get; } = new(shape);

    public KeyRows KeyGradient { get; } = new(shape);

    public KeyRows ValueGradient { get; } = new(shape);

    /// <summary>Makes room, and sets the gradients to zero.</summary>
    public void Reset(int blocks)
    {
        KeyPanels.Ensure(blocks);
        ValuePanels.Ensure(blocks);
        KeyRows.Ensure(blocks);
        KeyGradient.Ensure(blocks);
        ValueGradient.Ensure(blocks);
        KeyGradient.Clear();
        ValueGradient.Clear();
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
