using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace ToolRM.Engines.Cpu.Kernels;

/// <summary>4 x 16 tiles in 16 of the 32 registers of 64-bit Arm.</summary>
internal sealed unsafe class AdvSimdKernel : MatmulKernel
{
    public override string Name => "advsimd";

    public override int Rows => 4;

    public override int Columns => 16;

    public override void Tile(
        int rows, int depth, float* a, nint aRow, nint aStep, float* b, nint bStep, float* c, nint cRow, bool accumulate)
    {
        for (; rows >= 4; rows -= 4)
        {
            Tile4(depth, a, aRow, aStep, b, bStep, c, cRow, accumulate);
            a += 4 * aRow;
            c += 4 * cRow;
        }

        for (; rows > 0; rows--)
        {
            var row = new Row(c, accumulate);
            float* x = a, y = b;
            for (int k = depth; k > 0; k--)
            {
                row.Add(Vector128.Create(*x), y);
                x += aStep;
                y += bStep;
            }

            row.Store(c);
            a += aRow;
            c += cRow;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4(int depth, float* a, nint aRow, nint aStep, float* b, nint bStep, float* c, nint cRow, bool accumulate)
    {
        Row c0 = new(c, accumulate), c1 = new(c + cRow, accumulate);
        Row c2 = new(c + (2 * cRow), accumulate), c3 = new(c + (3 * cRow), accumulate);
        for (; depth > 0; depth--)
        {
            c0.Add(Vector128.Create(a[0]), b);
            c1.Add(Vector128.Create(a[aRow]), b);
            c2.Add(Vector128.Create(a[2 * aRow]), b);
            c3.Add(Vector128.Create(a[3 * aRow]), b);
            a += aStep;
            b += bStep;
        }

        c0.Store(c);
        c1.Store(c + cRow);
        c2.Store(c + (2 * cRow));
        c3.Store(c + (3 * cRow));
    }

    /// <summary>16 columns of one row of C.</summary>
    private struct Row
    {
        private Vector128<float> _0, _1, _2, _3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Row(float* c, bool accumulate)
        {
            if (accumulate)
            {
                (_0, _1, _2, _3) = (Vector128.Load(c), Vector128.Load(c + 4), Vector128.Load(c + 8), Vector128.Load(c + 12));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(Vector128<float> x, float* b)
        {
            _0 = AdvSimd.FusedMultiplyAdd(_0, x, Vector128.Load(b));
            _1 = AdvSimd.FusedMultiplyAdd(_1, x, Vector128.Load(b + 4));
            _2 = AdvSimd.FusedMultiplyAdd(_2, x, Vector128.Load(b + 8));
            _3 = AdvSimd.FusedMultiplyAdd(_3, x, Vector128.Load(b + 12));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Store(float* c)
        {
            _0.Store(c);
            _1.Store(c + 4);
            _2.Store(c + 8);
            _3.Store(c + 12);
        }
    }
}
