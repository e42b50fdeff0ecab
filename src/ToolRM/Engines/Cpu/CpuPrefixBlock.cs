namespace ToolRM.Engines.Cpu;

/// <summary>Keys (as panels) and values (as rows) of a run of tokens, in all layers, as they lie in the engine's own buffers.</summary>
internal sealed unsafe class CpuPrefixBlock(DecoderShape shape) : IPrefixBlock
{
    private readonly AlignedBuffer _values = new((long)shape.Config.Layers * shape.KeyValueHeads * (KeysLength(shape) + ValuesLength(shape)));

    /// <summary>Values of one head's keys.</summary>
    public static int KeysLength(DecoderShape shape) => IPrefixBlock.Tokens * shape.HeadSize;

    /// <summary>Values of one head's values.</summary>
    public static int ValuesLength(DecoderShape shape) => IPrefixBlock.Tokens * shape.PaddedHeadSize;

    public float* Keys(int layer, int head) => Head(layer, head);

    public float* Values(int layer, int head) => Head(layer, head) + KeysLength(shape);

    public void Dispose() => _values.Dispose();

    private float* Head(int layer, int head) =>
        _values.Pointer + ((((long)layer * shape.KeyValueHeads) + head) * (KeysLength(shape) + ValuesLength(shape)));
}
