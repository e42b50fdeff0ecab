using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ToolRM.Engines.Cpu;

/// <summary>
/// What happens to a query or key head between its projection and the attention, in one pass: RMSNorm (Qwen3), the turn by
/// its position, and a factor.
/// </summary>
internal sealed unsafe class HeadTransform(DecoderShape shape, RotaryTable rotary)
{
    /// <summary>Writes the transformed head elsewhere; neither place needs padding.</summary>
    /// <param name="source">The head as projected.</param>
    /// <param name="gain">The norm's gain; null for no norm.</param>
    /// <param name="position">Position in the sequence.</param>
    /// <param name="factor">What the result is multiplied by.</param>
    /// <param name="destination">Receives the result.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(float* source, float* gain, int position, float factor, float* destination)
    {
        int half = shape.HeadSize / 2, i = 0;
        float* cos = rotary.Cosines(position), sin = cos + half;
        float inverse = gain == null ? 1 : InverseRoot(source);
        Vector512<float> scale = Vector512.Create(factor), norm = Vector512.Create(inverse);
        for (; i <= half - VectorMath.Lanes; i += VectorMath.Lanes)
        {
            Vector512<float> a = Vector512.Load(source + i), b = Vector512.Load(source + half + i);
            if (gain != null)
            {
                a = a * norm * Vector512.Load(gain + i);
                b = b * norm * Vector512.Load(gain + half + i);
            }

            Vector512<float> c = Vector512.Load(cos + i), s = Vector512.Load(sin + i);
            (((a * c) - (b * s)) * scale).Store(destination + i);
            (((b * c) + (a * s)) * scale).Store(destination + half + i);
        }

        for (; i < half; i++)
        {
            float a = source[i], b = source[half + i];
            if (gain != null)
            {
                a = a * inverse * gain[i];
                b = b * inverse * gain[half + i];
            }

            destination[i] = ((a * cos[i]) - (b * sin[i])) * factor;
            destination[half + i] = ((b * cos[i]) + (a * sin[i])) * factor;
        }
    }

    private float InverseRoot(float* head) =>
        1 / MathF.Sqrt((VectorMath.Dot(head, head, shape.HeadSize) / shape.HeadSize) + shape.NormEpsilon);
}
