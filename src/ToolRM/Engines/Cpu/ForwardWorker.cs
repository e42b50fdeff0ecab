using ToolRM.Engines.Cpu.Kernels;
using ToolRM.Engines.Cpu.Weights;

namespace ToolRM.Engines.Cpu;

/// <summary>One thread's scratch rows for a block.</summary>
internal sealed unsafe class ForwardWorker : IDisposable
{
    private readonly AlignedBuffer _rows;

    public ForwardWorker(MatmulKernel kernel, DecoderShape shape, int blockRows)
    {
        Attention = new AttentionForward(kernel, shape);
        int[] widths = [shape.PaddedHidden, shape.PaddedProjected, shape.PaddedQueries, shape.PaddedIntermediate, 2 * shape.Width];
        _rows = new AlignedBuffer((blockRows * widths.Sum()) + shape.PaddedKeys);
        Normed = _rows.Pointer;
        Projected = Normed + (blockRows * shape.PaddedHidden);
        Attended = Projected + (blockRows * shape.PaddedProjected);
        Activated = Attended + (blockRows * shape.PaddedQueries);
        Gate = Activated + (blockRows * shape.PaddedIntermediate);
        Up = Gate + (blockRows * shape.Width);
        Keys = Up + (blockRows * shape.Width);
    }

    public AttentionForward Attention { get; }

    /// <summary>The left side of the product at hand.</summary>
    public LeftRows Left { get; } = new();

    public float* Normed { get; }

    public float* Projected { get; }

    public float* Attended { get; }

    public float* Activated { get; }

    public float* Gate { get; }

    public float* Up { get; }

    public float* Keys { get; }

    public void Dispose()
    {
        Attention.Dispose();
        Left.Dispose();
        _rows.Dispose();
    }
}
