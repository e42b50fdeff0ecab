using ToolRM.Engines.Cpu.Kernels;

namespace ToolRM.Engines.Cpu;

/// <summary>One thread's scratch for the backward pass.</summary>
internal sealed unsafe class BackwardWorker : IDisposable
{
    private readonly AlignedBuffer _rows;

    public BackwardWorker(MatmulKernel kernel, DecoderShape shape, int blockRows)
    {
        Attention = new AttentionBackward(kernel, shape);
        HeadNorm = new HeadNorm(shape);
        _rows = new AlignedBuffer(((long)blockRows * (shape.PaddedHidden + shape.PaddedIntermediate)) + shape.PaddedHidden);
        Normed = _rows.Pointer;
        NormedGradient = Normed + shape.PaddedHidden;
        Activated = NormedGradient + ((nint)blockRows * shape.PaddedHidden);
    }

    public AttentionBackward Attention { get; }

    public HeadNorm HeadNorm { get; }


    /// <summary>One normed row.</summary>
    public float* Normed { get; }

    /// <summary>Block x hidden: gradients of normed rows.</summary>
    public float* NormedGradient { get; }

    /// <summary>Block x intermediate: gradients of the activated rows.</summary>
    public float* Activated { get; }

    public void Dispose()
    {
        Attention.Dispose();
        HeadNorm.Dispose();
        _rows.Dispose();
    }
}
