using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ToolRM.Engines.Cpu.Backward;

/// <summary>The gradient of <see cref="VectorMath.SwiGlu"/>.</summary>
internal static unsafe class SwiGluGradient
{
    /// <summary>
    /// From the gradient of activation = silu(gate) * up, the gradients of gate and up; and the activation itself again.
    /// Inputs and the activation are rows of <paramref name="width"/> side by side.
    /// </summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="width">A multiple of the vector width.</param>
    /// <param name="gradient">Gradient of the activation.</param>
    /// <param name="gate">The gate.</param>
    /// <param name="up">What the gate multiplies.</param>
    /// <param name="activation">Receives the activation.</param>
    /// <param name="gateGradient">Receives the gate's gradient.</param>
    /// <param name="upGradient">Receives that of <paramref name="up"/>.</param>
    /// <param name="gradientStride">Distance of rows in the two gradients.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        int rows, int width, float* gradient, float* gate, float* up, float* activation,
        float* gateGradient, float* upGradient, nint gradientStride)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < width; i += VectorMath.Lanes)
            {
                Vector512<float> g = Vector512.Load(gate + i), u = Vector512.Load(up + i), d = Vector512.Load(gradient + i);
                Vector512<float> sigmoid = Vector512<float>.One / (Vector512<float>.One + VectorMath.Exp(-g));
                Vector512<float> silu = g * sigmoid;
                (silu * u).Store(activation + i);
                (d * silu).Store(upGradient + i);
                (d * u * (sigmoid + (silu * (Vector512<float>.One - sigmoid)))).Store(gateGradient + i);
            }

            gradient += width;
            gate += width;
            up += width;
            activation += width;
            gateGradient += gradientStride;
            upGradient += gradientStride;
        }
    }
}
