namespace ToolRM.Engines.Cpu.Weights;

/// <summary>
/// A weight matrix W (outputs x inputs) for products C = A W^T, cut into panels of as many outputs as the kernel computes
/// together. The outputs of a last panel that is not full are zero.
/// </summary>
internal abstract unsafe class WeightMatrix(int depth, int columns, int width) : IDisposable
{
    /// <summary>Number of inputs: terms of each sum.</summary>
    public int Depth { get; } = depth;

    /// <summary>Outputs of a panel.</summary>
    public int Width { get; } = width;

    /// <summary>Number of panels.</summary>
    public int Panels { get; } = (columns + width - 1) / width;

    /// <summary>Takes some of W's rows, row-major.</summary>
    /// <param name="source">The first value.</param>
    /// <param name="rowStride">Distance of rows.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="firstColumn">The output that the first row computes.</param>
    public abstract void Load(float* source, nint rowStride, int rows, int firstColumn = 0);

    /// <summary>The columns of one panel: C = A W^T, or C += A W^T.</summary>
    /// <param name="panel">Index of the panel.</param>
    /// <param name="a">A.</param>
    /// <param name="c">The first value of the panel's columns of C, with room for all of them.</param>
    /// <param name="cRow">Distance of C's rows.</param>
    /// <param name="accumulate">Whether to add to C.</param>
    public abstract void MultiplyPanel(int panel, LeftRows a, float* c, nint cRow, bool accumulate);

    /// <summary>All columns.</summary>
    public void Multiply(LeftRows a, float* c, nint cRow, bool accumulate = false)
    {
        for (int panel = 0; panel < Panels; panel++)
        {
            MultiplyPanel(panel, a, c + ((nint)panel * Width), cRow, accumulate);
        }
    }

    public abstract void Dispose();
}
