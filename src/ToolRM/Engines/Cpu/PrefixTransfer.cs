namespace ToolRM.Engines.Cpu;

/// <summary>
/// Moves keys and values between prefix blocks and a layer's buffers: those of cached segments in, those of segments to be
/// kept out.
/// </summary>
internal sealed unsafe class PrefixTransfer(DecoderShape shape)
{
    /// <summary>Number of blocks of a forest: items of work.</summary>
    public static int Blocks(ForestLayout layout)
    {
        int blocks = 0;
        foreach (int segment in layout.SegmentsWithBlocks)
        {
            blocks += layout.Forest.Segments[segment].Blocks!.Count;
        }

        return blocks;
    }

    /// <summary>Brings a block's part of a layer in, if its segment is cached.</summary>
    public void Restore(ForestLayout layout, int item, int layer, KeyPanels keys, KeyRows values) =>
        Move(layout, item, layer, keys, values, isCached: true);

    /// <summary>Takes a block's part of a layer out, if its segment is computed.</summary>
    public void Save(ForestLayout layout, int item, int layer, KeyPanels keys, KeyRows values) =>
        Move(layout, item, layer, keys, values, isCached: false);

    private void Move(ForestLayout layout, int item, int layer, KeyPanels keys, KeyRows values, bool isCached)
    {
        int index = 0;
        Segment segment = layout.Forest.Segments[layout.SegmentsWithBlocks[0]];
        for (; item >= segment.Blocks!.Count; segment = layout.Forest.Segments[layout.SegmentsWithBlocks[index]])
        {
            item -= segment.Blocks.Count;
            index++;
        }

        if (segment.IsCached != isCached)
        {
            return;
        }

        var block = (CpuPrefixBlock)segment.Blocks[item];
        int slot = (layout.FirstKeyBlock[layout.SegmentsWithBlocks[index]] * shape.Width) + (item * IPrefixBlock.Tokens);
        for (int head = 0; head < shape.KeyValueHeads; head++)
        {
            var panels = new Span<float>(keys.Panel(head, slot / shape.Width), CpuPrefixBlock.KeysLength(shape));
            var rows = new Span<float>(values.Row(head, slot), CpuPrefixBlock.ValuesLength(shape));
            var blockKeys = new Span<float>(block.Keys(layer, head), panels.Length);
            var blockValues = new Span<float>(block.Values(layer, head), rows.Length);
            if (isCached)
            {
                blockKeys.CopyTo(panels);
                blockValues.CopyTo(rows);
            }
            else
            {
                panels.CopyTo(blockKeys);
                rows.CopyTo(blockValues);
            }
        }
    }
}
