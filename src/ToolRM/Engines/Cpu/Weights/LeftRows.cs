namespace ToolRM.Engines.Cpu.Weights;

/// <summary>
/// The left side of products with weights: some rows of activations, selected once for all matrices they meet. One instance
/// per thread.
/// </summary>
internal sealed unsafe class LeftRows
{
    /// <summary>Number of rows.</summary>
    public int Rows { get; private set; }

    /// <summary>The first value of the first row.</summary>
    public float* Values { get; private set; }

    /// <summary>Distance of rows.</summary>
    public nint Stride { get; private set; }

    /// <summary>Turns to other rows; they stay where they are.</summary>
    public LeftRows Select(int rows, float* values, nint stride)
    {
        Rows = rows;
        Values = values;
        Stride = stride;
        return this;
    }
}
