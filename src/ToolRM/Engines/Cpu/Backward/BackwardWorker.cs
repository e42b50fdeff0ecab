using ToolRM.Engines.Cpu.Kernels;

namespace ToolRM.Engines.Cpu.Backward;

/// <summary>One thread's scratch for the backward pass.</summary>
internal sealed unsafe class BackwardWorker : IDisposable
{
    private readonly DecoderShape _shape;
    private readonly AlignedBuffer _rows;

    public BackwardWorker(MatmulKernel kernel, DecoderShape shape)
    {
        _shape = shape;
        Attention = new AttentionBackward(kernel, shape);
        HeadNorm = new HeadNorm(shape);
        int group = FeedForwardBackward.GroupColumns(kernel);
        long widths = shape.PaddedHidden + shape.PaddedProjected + shape.Width + (2 * group);
        _rows = new AlignedBuffer((BackwardBlocks.Rows * widths) + shape.PaddedHidden);
        Normed = _rows.Pointer;
        NormedGradient = Normed + shape.PaddedHidden;
        Projected = NormedGradient + (BackwardBlocks.Rows * shape.PaddedHidden);
        Activated = Projected + (BackwardBlocks.Rows * shape.PaddedProjected);
        Gate = Activated + (BackwardBlocks.Rows * shape.Width);
        Up = Gate + (BackwardBlocks.Rows * group);
    }

    public AttentionBackward Attention { get; }

    public HeadNorm HeadNorm { get; }

    /// <summary>One normed row.</summary>
    public float* Normed { get; }

    /// <summary>Block x hidden: gradients of normed rows.</summary>
    public float* NormedGradient { get; }

    /// <summary>Block x projected: gradients of queries, keys and values as projected.</summary>
    public float* Projected { get; }

    /// <summary>Block x a panel's width: gradients of activated rows.</summary>
    public float* Activated { get; }

    /// <summary>Block x <see cref="FeedForwardBackward.GroupColumns"/>: gradients of the gate.</summary>
    public float* Gate { get; }

    /// <summary>Block x <see cref="FeedForwardBackward.GroupColumns"/>: gradients of what the gate multiplies.</summary>
    public float* Up { get; }

    /// <summary>Carries the gradients of a block's normed rows back over the norm, and norms the rows again for the weights' gradients.</summary>
    /// <param name="x">The block's rows before the norm.</param>
    /// <param name="gain">The norm's gain.</param>
    /// <param name="xGradient">Gradients of <paramref name="x"/>, which are added to.</param>
    /// <param name="gainShare">Receives the block's share of the gain's gradient.</param>
    /// <param name="block">The block.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="normed">Receives the normed rows.</param>
    public void UndoNorm(float* x, float* gain, float* xGradient, float* gainShare, int block, int rows, TokenPanels normed)
    {
        new Span<float>(gainShare, _shape.PaddedHidden).Clear();
        for (int row = 0; row < rows; row++)
        {
            nint offset = (nint)row * _shape.PaddedHidden;
            RmsNorm.Forward(x + offset, gain, Normed, _shape.Hidden, _shape.NormEpsilon);
            normed.Store(Normed, 0, block, row, 1, 0, _shape.PaddedHidden);
            RmsNorm.Backward(NormedGradient + offset, x + offset, gain, xGradient + offset, gainShare, _shape.Hidden, _shape.NormEpsilon);
        }
    }

    public void Dispose()
    {
        Attention.Dispose();
        HeadNorm.Dispose();
        _rows.Dispose();
    }
}
