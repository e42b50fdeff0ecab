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
        for (; rows > 0; rows -= 4)
        {
            UpTo4<float, Float32>(Math.Min(rows, 4), depth, a, aRow, aStep, b, bStep, c, cRow, accumulate);
            a += 4 * aRow;
            c += 4 * cRow;
        }
    }

    public override void Tile(int rows, int depth, float* a, nint aRow, ushort* b, float* c, nint cRow, bool accumulate)
    {
        for (; rows > 0; rows -= 4)
        {
            UpTo4<ushort, BFloat16>(Math.Min(rows, 4), depth, a, aRow, 1, b, Columns, c, cRow, accumulate);
            a += 4 * aRow;
            c += 4 * cRow;
        }
    }

    /// <summary>Rows that are missing are computed as copies of the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void UpTo4<T, TWeight>(
        int rows, int depth, float* a, nint aRow, nint aStep, T* b, nint bStep, float* c, nint cRow, bool accumulate)
        where T : unmanaged
        where TWeight : IWeight<T>
    {
        float* a1 = a + (Math.Min(1, rows - 1) * aRow), d1 = c + (Math.Min(1, rows - 1) * cRow);
        float* a2 = a + (Math.Min(2, rows - 1) * aRow), d2 = c + (Math.Min(2, rows - 1) * cRow);
        float* a3 = a + (Math.Min(3, rows - 1) * aRow), d3 = c + (Math.Min(3, rows - 1) * cRow);
        Row c0 = default, c1 = default, c2 = default, c3 = default;
        if (accumulate)
        {
            (c0, c1, c2, c3) = (Row.Load(c), Row.Load(d1), Row.Load(d2), Row.Load(d3));
        }

        for (; depth > 0; depth--)
        {
            Row weights = TWeight.Load(b);
            b += bStep;
            c0.Add(*a, weights);
            c1.Add(*a1, weights);
            c2.Add(*a2, weights);
            c3.Add(*a3, weights);
            a += aStep;
            a1 += aStep;
            a2 += aStep;
            a3 += aStep;
        }

        c0.Store(c);
        c1.Store(d1);
        c2.Store(d2);
        c3.Store(d3);
    }

    /// <summary>How a row of B lies in memory.</summary>
    private interface IWeight<T>
        where T : unmanaged
    {
        static abstract Row Load(T* b);
    }

    private readonly struct Float32 : IWeight<float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Row Load(float* b) => Row.Load(b);
    }

    private readonly struct BFloat16 : IWeight<ushort>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Row Load(ushort* b)
        {
            Vector128<uint> first = Vector128.Load((uint*)b), second = Vector128.Load((uint*)b + 4), high = Vector128.Create(0xFFFF_0000u);
            return new Row((first << 16).AsSingle(), (second << 16).AsSingle(), (first & high).AsSingle(), (second & high).AsSingle());
        }
    }

    /// <summary>16 columns of one row.</summary>
    private struct Row(Vector128<float> first, Vector128<float> second, Vector128<float> third, Vector128<float> fourth)
    {
        private Vector128<float> _0 = first, _1 = second, _2 = third, _3 = fourth;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Row Load(float* c) => new(Vector128.Load(c), Vector128.Load(c + 4), Vector128.Load(c + 8), Vector128.Load(c + 12));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(float factor, in Row weights)
        {
            Vector128<float> x = Vector128.Create(factor);
            _0 = AdvSimd.FusedMultiplyAdd(_0, x, weights._0);
            _1 = AdvSimd.FusedMultiplyAdd(_1, x, weights._1);
            _2 = AdvSimd.FusedMultiplyAdd(_2, x, weights._2);
            _3 = AdvSimd.FusedMultiplyAdd(_3, x, weights._3);
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
