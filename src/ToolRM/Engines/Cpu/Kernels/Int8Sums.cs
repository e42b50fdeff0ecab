using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ToolRM.Engines.Cpu.Kernels;

/// <summary>Turns a tile's sums into floats: the one way that <see cref="Int8Kernel"/> states, on 16 columns.</summary>
internal readonly unsafe ref struct Int8Sums(int rows, float* rowScales, float* scales, float* c, nint cRow, bool accumulate)
{
    /// <summary>Stores a row, unless it is one of those that are missing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(int row, Vector256<int> first, Vector256<int> second)
    {
        if (row < rows)
        {
            Vector256<float> rowScale = Vector256.Create(rowScales[row]);
            Store(first, rowScale * Vector256.Load(scales), c + (row * cRow));
            Store(second, rowScale * Vector256.Load(scales + 8), c + (row * cRow) + 8);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(Vector256<int> sums, Vector256<float> scale, float* destination)
    {
        Vector256<float> values = Vector256.ConvertToSingle(sums);
        (accumulate ? Fma.MultiplyAdd(values, scale, Vector256.Load(destination)) : values * scale).Store(destination);
    }
}
