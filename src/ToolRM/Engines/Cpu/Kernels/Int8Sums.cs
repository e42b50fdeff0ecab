using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ToolRM.Engines.Cpu.Kernels;

/// <summary>Adds the sums of a block to C as <see cref="Int8Kernel"/> says, 16 columns at a time.</summary>
internal readonly unsafe ref struct Int8Sums(int rows, float* rowScales, nint scaleStep, float* scales, float* c, nint cRow)
{
    private readonly Vector256<float> _first = Vector256.Load(scales), _second = Vector256.Load(scales + 8);

    /// <summary>Adds to a row, unless it is one of those that are missing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(int row, Vector256<int> first, Vector256<int> second)
    {
        if (row < rows)
        {
            Vector256<float> scale = Vector256.Create(rowScales[row * scaleStep]);
            float* place = c + (row * cRow);
            Fma.MultiplyAdd(Vector256.ConvertToSingle(first), scale * _first, Vector256.Load(place)).Store(place);
            Fma.MultiplyAdd(Vector256.ConvertToSingle(second), scale * _second, Vector256.Load(place + 8)).Store(place + 8);
        }
    }
}
