using System.Numerics;

namespace ToolRM.Engines.Cpu;

/// <summary>RMSNorm of single heads (Qwen3), which may lie side by side without padding. One instance per thread.</summary>
internal sealed unsafe class HeadNorm(DecoderShape shape) : IDisposable
{
    private readonly AlignedBuffer _row = new(3L * shape.PaddedHeadSize);

    private bool IsWhole => shape.HeadSize % Vector<float>.Count == 0;

    /// <summary>Norms a head in place.</summary>
    public void Forward(float* head, float* gain)
    {
        if (IsWhole)
        {
            RmsNorm.Forward(head, gain, head, shape.HeadSize, shape.NormEpsilon);
            return;
        }

        float* row = Copy(head, 0);
        RmsNorm.Forward(row, gain, row, shape.HeadSize, shape.NormEpsilon);
        CopyBack(row, head);
    }

    /// <summary>Replaces the gradient of the normed head by that of <paramref name="head"/>, and adds to the gain's.</summary>
    public void Backward(float* gradient, float* head, float* gain, float* gainGradient)
    {
        float* y = Copy(gradient, 0), x = Copy(head, 1), result = _row.Pointer + (2 * shape.PaddedHeadSize);
        new Span<float>(result, shape.PaddedHeadSize).Clear();
        RmsNorm.Backward(y, x, gain, result, gainGradient, shape.HeadSize, shape.NormEpsilon);
        CopyBack(result, gradient);
    }

    public void Dispose() => _row.Dispose();

    private float* Copy(float* head, int slot)
    {
        float* row = _row.Pointer + (slot * shape.PaddedHeadSize);
        new ReadOnlySpan<float>(head, shape.HeadSize).CopyTo(new Span<float>(row, shape.HeadSize));
        return row;
    }

    private void CopyBack(float* row, float* head) =>
        new ReadOnlySpan<float>(row, shape.HeadSize).CopyTo(new Span<float>(head, shape.HeadSize));
}
