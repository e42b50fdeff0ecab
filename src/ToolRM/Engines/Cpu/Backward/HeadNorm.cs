namespace ToolRM.Engines.Cpu.Backward;

/// <summary>The gradient of the RMSNorm of single heads (Qwen3), which lie side by side without padding. One instance per thread.</summary>
internal sealed unsafe class HeadNorm(DecoderShape shape) : IDisposable
{
    private readonly AlignedBuffer _row = new(3L * shape.PaddedHeadSize);

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
