namespace ToolRM.Engines.Cpu.Kernels;

/// <summary>How quantised rows of activations lie in memory.</summary>
internal enum Int8RowForm
{
    /// <summary>A byte a value, which is q + <see cref="Int8Kernel.ByteOffset"/>: for instructions that multiply unsigned with signed bytes.</summary>
    OffsetBytes,

    /// <summary>Two bytes a value, which is q.</summary>
    Words,
}

/// <summary>Quantised rows of activations: value = q * scale of the row's block.</summary>
internal readonly unsafe struct Int8Rows(int rows, byte* values, nint stride, float* scales, int blocks)
{
    /// <summary>Number of rows.</summary>
    public readonly int Rows = rows;

    /// <summary>The first value, in the kernel's form. The last group of a row may end in anything.</summary>
    public readonly byte* Values = values;

    /// <summary>Distance of rows in bytes.</summary>
    public readonly nint Stride = stride;

    /// <summary>Row after row, one for each block; NaN where the block held an infinity or a NaN.</summary>
    public readonly float* Scales = scales;

    /// <summary>Blocks of a row.</summary>
    public readonly int Blocks = blocks;

    /// <summary>The rows without the first ones.</summary>
    public Int8Rows From(int first) =>
        new(Rows - first, Values + (first * Stride), Stride, Scales + ((nint)first * Blocks), Blocks);
}
