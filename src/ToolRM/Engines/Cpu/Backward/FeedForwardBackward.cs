using ToolRM.Engines.Cpu.Kernels;
using ToolRM.Engines.Cpu.Weights;

namespace ToolRM.Engines.Cpu.Backward;

/// <summary>The backward pass of a layer from its output to the attention's, for a block of rows.</summary>
internal sealed unsafe class FeedForwardBackward(MatmulKernel kernel, DecoderShape shape, GradientBuffers buffers, GradientPanels panels)
{
    private const int MostGroupColumns = 256;
    private readonly int _group = GroupColumns(kernel);

    /// <summary>
    /// Columns of the wide rows in the middle that are worked on together, so that their gradients need not leave the cache:
    /// whole tiles and whole panels.
    /// </summary>
    public static int GroupColumns(MatmulKernel kernel)
    {
        // Both are even, so half their product is a multiple of each.
        int whole = kernel.Rows * kernel.Columns / 2;
        return MostGroupColumns / whole * whole;
    }

    /// <summary>Turns the gradients of the layer's output into those of the residual stream and the attention's output.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="kept">What its forward pass left.</param>
    /// <param name="hidden">Gradients of the residual stream: all rows.</param>
    /// <param name="first">The block's first row.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="worker">Scratch.</param>
    public void Run(LayerBackward layer, LayerActivations kept, float* hidden, int first, int rows, BackwardWorker worker)
    {
        int block = first / BackwardBlocks.Rows;
        float* gradient = hidden + ((nint)first * shape.PaddedHidden);
        panels.LayerOutput.Store(gradient, shape.PaddedHidden, block, 0, rows, 0, shape.Hidden);
        for (int column = 0; column < shape.Intermediate; column += _group)
        {
            Activation(layer, kept, gradient, column, first, rows, worker);
            int depth = Math.Min(_group, shape.Intermediate - column);
            panels.Gate.Store(worker.Gate, _group, block, 0, rows, column, depth);
            panels.Up.Store(worker.Up, _group, block, 0, rows, column, depth);
            AddProduct(layer.Transposed.Gate, worker.Gate, column, depth, rows, worker, accumulate: column > 0);
            AddProduct(layer.Transposed.Up, worker.Up, column, depth, rows, worker, accumulate: true);
        }

        float* share = buffers.FeedForwardNorms + ((nint)block * shape.PaddedHidden);
        worker.UndoNorm(
            kept.Middle + ((nint)first * shape.PaddedHidden), layer.Weights.FeedForwardNorm, gradient, share, block, rows, panels.FeedForwardNormed);
        panels.Middle.Store(gradient, shape.PaddedHidden, block, 0, rows, 0, shape.Hidden);
        nint queries = (nint)first * shape.PaddedQueries;
        panels.Attended.Store(kept.Attended + queries, shape.PaddedQueries, block, 0, rows, 0, shape.PaddedQueries);
        layer.Transposed.Output.Multiply(kernel, rows, gradient, shape.PaddedHidden, buffers.Attended + queries, shape.PaddedQueries);
    }

    /// <summary>Gradients of some columns of gate and up.</summary>
    private void Activation(
        LayerBackward layer, LayerActivations kept, float* gradient, int firstColumn, int first, int rows, BackwardWorker worker)
    {
        int width = shape.Width, end = Math.Min(firstColumn + _group, shape.PaddedIntermediate);
        for (int column = firstColumn; column < end; column += width)
        {
            int panel = column / width;
            kernel.Tile(
                rows, shape.Hidden, gradient, shape.PaddedHidden, 1, layer.Transposed.Down.Panel(panel), width, worker.Activated, width,
                accumulate: false);
            SwiGluGradient.Run(
                rows, width, worker.Activated, kept.Gate(panel, first), kept.Up(panel, first), panels.Activated.Panel(first / BackwardBlocks.Rows, panel),
                worker.Gate + column - firstColumn, worker.Up + column - firstColumn, _group);
        }
    }

    /// <summary>Adds what some columns of a wide row's gradients contribute to those of the normed row.</summary>
    private void AddProduct(PackedMatrix weights, float* wide, int column, int depth, int rows, BackwardWorker worker, bool accumulate)
    {
        for (int panel = 0; panel < weights.Panels; panel++)
        {
            kernel.Tile(
                rows, depth, wide, _group, 1, weights.Panel(panel) + ((nint)column * shape.Width), shape.Width,
                worker.NormedGradient + ((nint)panel * shape.Width), shape.PaddedHidden, accumulate);
        }
    }
}
