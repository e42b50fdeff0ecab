namespace ToolRM.Engines.Cpu.Kernels;

/// <summary>A packed panel of quantised weights: weight = w * scale of the column's block.</summary>
internal readonly unsafe struct Int8Panel(int groups, sbyte* values, float* scales, int* starts)
{
    /// <summary>Groups of inputs; the last is filled with zeros.</summary>
    public readonly int Groups = groups;

    /// <summary>Group after group; in each, column after column; of each, <see cref="Int8Kernel.Group"/> inputs.</summary>
    public readonly sbyte* Values = values;

    /// <summary>Block after block, one for each column; NaN where the block held an infinity or a NaN.</summary>
    public readonly float* Scales = scales;

    /// <summary>What the sums start from, as <see cref="Scales"/>: makes up for what is added to activations in bytes.</summary>
    public readonly int* Starts = starts;

    /// <summary>Groups of a block, which are fewer in the last.</summary>
    public int GroupsOf(int block, int groupsPerBlock) => Math.Min(groupsPerBlock, Groups - (block * groupsPerBlock));
}
