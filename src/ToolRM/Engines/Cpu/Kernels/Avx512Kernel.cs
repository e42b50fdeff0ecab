using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ToolRM.Engines.Cpu.Kernels;

/// <summary>12 x 32 tiles in 24 of the 32 AVX-512 registers: two fused multiply-adds per cycle with two loads to spare.</summary>
internal sealed unsafe class Avx512Kernel : MatmulKernel
{
    public override string Name => "avx512";

    public override int Rows => 12;

    public override int Columns => 32;

    public override void Tile(
        int rows, int depth, float* a, nint aRow, nint aStep, float* b, nint bStep, float* c, nint cRow, bool accumulate) =>
        Run<float, Float32>(rows, depth, a, aRow, aStep, b, bStep, c, cRow, accumulate);

    public override void Tile(int rows, int depth, float* a, nint aRow, ushort* b, float* c, nint cRow, bool accumulate) =>
        Run<ushort, BFloat16>(rows, depth, a, aRow, 1, b, Columns, c, cRow, accumulate);

    private static void Run<T, TWeight>(
        int rows, int depth, float* a, nint aRow, nint aStep, T* b, nint bStep, float* c, nint cRow, bool accumulate)
        where T : unmanaged
        where TWeight : IWeight<T>
    {
        for (; rows >= 12; rows -= 12)
        {
            Tile12<T, TWeight>(depth, a, aRow, aStep, b, bStep, c, cRow, accumulate);
            a += 12 * aRow;
            c += 12 * cRow;
        }

        for (; rows > 0; rows -= 4)
        {
            UpTo4<T, TWeight>(Math.Min(rows, 4), depth, a, aRow, aStep, b, bStep, c, cRow, accumulate);
            a += 4 * aRow;
            c += 4 * cRow;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile12<T, TWeight>(
        int depth, float* a, nint aRow, nint aStep, T* b, nint bStep, float* c, nint cRow, bool accumulate)
        where T : unmanaged
        where TWeight : IWeight<T>
    {
        Vector512<float> c00 = default, c01 = default;
        Vector512<float> c10 = default, c11 = default;
        Vector512<float> c20 = default, c21 = default;
        Vector512<float> c30 = default, c31 = default;
        Vector512<float> c40 = default, c41 = default;
        Vector512<float> c50 = default, c51 = default;
        Vector512<float> c60 = default, c61 = default;
        Vector512<float> c70 = default, c71 = default;
        Vector512<float> c80 = default, c81 = default;
        Vector512<float> c90 = default, c91 = default;
        Vector512<float> c100 = default, c101 = default;
        Vector512<float> c110 = default, c111 = default;
        if (accumulate)
        {
            (c00, c01) = Load(c);
            (c10, c11) = Load(c + cRow);
            (c20, c21) = Load(c + (2 * cRow));
            (c30, c31) = Load(c + (3 * cRow));
            (c40, c41) = Load(c + (4 * cRow));
            (c50, c51) = Load(c + (5 * cRow));
            (c60, c61) = Load(c + (6 * cRow));
            (c70, c71) = Load(c + (7 * cRow));
            (c80, c81) = Load(c + (8 * cRow));
            (c90, c91) = Load(c + (9 * cRow));
            (c100, c101) = Load(c + (10 * cRow));
            (c110, c111) = Load(c + (11 * cRow));
        }

        T* next = b + (depth * bStep);
        nint aRow2 = 2 * aRow;
        float* a3 = a + (3 * aRow);
        float* a6 = a + (6 * aRow);
        float* a9 = a + (9 * aRow);
        for (; depth > 0; depth--)
        {
            (Vector512<float> b0, Vector512<float> b1) = TWeight.Load(b);
            b += bStep;
            TWeight.Prefetch(next);
            next += bStep;
            Vector512<float> x0 = Vector512.Create(a[0]);
            c00 = Avx512F.FusedMultiplyAdd(x0, b0, c00);
            c01 = Avx512F.FusedMultiplyAdd(x0, b1, c01);
            Vector512<float> x1 = Vector512.Create(a[aRow]);
            c10 = Avx512F.FusedMultiplyAdd(x1, b0, c10);
            c11 = Avx512F.FusedMultiplyAdd(x1, b1, c11);
            Vector512<float> x2 = Vector512.Create(a[aRow2]);
            c20 = Avx512F.FusedMultiplyAdd(x2, b0, c20);
            c21 = Avx512F.FusedMultiplyAdd(x2, b1, c21);
            Vector512<float> x3 = Vector512.Create(a3[0]);
            c30 = Avx512F.FusedMultiplyAdd(x3, b0, c30);
            c31 = Avx512F.FusedMultiplyAdd(x3, b1, c31);
            Vector512<float> x4 = Vector512.Create(a3[aRow]);
            c40 = Avx512F.FusedMultiplyAdd(x4, b0, c40);
            c41 = Avx512F.FusedMultiplyAdd(x4, b1, c41);
            Vector512<float> x5 = Vector512.Create(a3[aRow2]);
            c50 = Avx512F.FusedMultiplyAdd(x5, b0, c50);
            c51 = Avx512F.FusedMultiplyAdd(x5, b1, c51);
            Vector512<float> x6 = Vector512.Create(a6[0]);
            c60 = Avx512F.FusedMultiplyAdd(x6, b0, c60);
            c61 = Avx512F.FusedMultiplyAdd(x6, b1, c61);
            Vector512<float> x7 = Vector512.Create(a6[aRow]);
            c70 = Avx512F.FusedMultiplyAdd(x7, b0, c70);
            c71 = Avx512F.FusedMultiplyAdd(x7, b1, c71);
            Vector512<float> x8 = Vector512.Create(a6[aRow2]);
            c80 = Avx512F.FusedMultiplyAdd(x8, b0, c80);
            c81 = Avx512F.FusedMultiplyAdd(x8, b1, c81);
            Vector512<float> x9 = Vector512.Create(a9[0]);
            c90 = Avx512F.FusedMultiplyAdd(x9, b0, c90);
            c91 = Avx512F.FusedMultiplyAdd(x9, b1, c91);
            Vector512<float> x10 = Vector512.Create(a9[aRow]);
            c100 = Avx512F.FusedMultiplyAdd(x10, b0, c100);
            c101 = Avx512F.FusedMultiplyAdd(x10, b1, c101);
            Vector512<float> x11 = Vector512.Create(a9[aRow2]);
            c110 = Avx512F.FusedMultiplyAdd(x11, b0, c110);
            c111 = Avx512F.FusedMultiplyAdd(x11, b1, c111);
            a += aStep;
            a3 += aStep;
            a6 += aStep;
            a9 += aStep;
        }

        Store(c, c00, c01);
        Store(c + cRow, c10, c11);
        Store(c + (2 * cRow), c20, c21);
        Store(c + (3 * cRow), c30, c31);
        Store(c + (4 * cRow), c40, c41);
        Store(c + (5 * cRow), c50, c51);
        Store(c + (6 * cRow), c60, c61);
        Store(c + (7 * cRow), c70, c71);
        Store(c + (8 * cRow), c80, c81);
        Store(c + (9 * cRow), c90, c91);
        Store(c + (10 * cRow), c100, c101);
        Store(c + (11 * cRow), c110, c111);
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
        Vector512<float> c00 = default, c01 = default;
        Vector512<float> c10 = default, c11 = default;
        Vector512<float> c20 = default, c21 = default;
        Vector512<float> c30 = default, c31 = default;
        if (accumulate)
        {
            (c00, c01) = Load(c);
            (c10, c11) = Load(d1);
            (c20, c21) = Load(d2);
            (c30, c31) = Load(d3);
        }

        for (; depth > 0; depth--)
        {
            (Vector512<float> b0, Vector512<float> b1) = TWeight.Load(b);
            b += bStep;
            Vector512<float> x0 = Vector512.Create(a[0]);
            c00 = Avx512F.FusedMultiplyAdd(x0, b0, c00);
            c01 = Avx512F.FusedMultiplyAdd(x0, b1, c01);
            Vector512<float> x1 = Vector512.Create(a1[0]);
            c10 = Avx512F.FusedMultiplyAdd(x1, b0, c10);
            c11 = Avx512F.FusedMultiplyAdd(x1, b1, c11);
            Vector512<float> x2 = Vector512.Create(a2[0]);
            c20 = Avx512F.FusedMultiplyAdd(x2, b0, c20);
            c21 = Avx512F.FusedMultiplyAdd(x2, b1, c21);
            Vector512<float> x3 = Vector512.Create(a3[0]);
            c30 = Avx512F.FusedMultiplyAdd(x3, b0, c30);
            c31 = Avx512F.FusedMultiplyAdd(x3, b1, c31);
            a += aStep;
            a1 += aStep;
            a2 += aStep;
            a3 += aStep;
        }

        Store(c, c00, c01);
        Store(d1, c10, c11);
        Store(d2, c20, c21);
        Store(d3, c30, c31);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float> First, Vector512<float> Second) Load(float* c) => (Vector512.Load(c), Vector512.Load(c + 16));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* c, Vector512<float> first, Vector512<float> second)
    {
        first.Store(c);
        second.Store(c + 16);
    }

    /// <summary>How a row of B lies in memory.</summary>
    private interface IWeight<T>
        where T : unmanaged
    {
        static abstract (Vector512<float> First, Vector512<float> Second) Load(T* b);

        /// <summary>Brings a row of the next panel nearer: without it, each panel begins with waiting for memory.</summary>
        static abstract void Prefetch(T* b);
    }

    private readonly struct Float32 : IWeight<float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (Vector512<float> First, Vector512<float> Second) Load(float* b) => (Vector512.Load(b), Vector512.Load(b + 16));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Prefetch(float* b)
        {
            Sse.Prefetch1(b);
            Sse.Prefetch1(b + 16);
        }
    }

    private readonly struct BFloat16 : IWeight<ushort>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (Vector512<float> First, Vector512<float> Second) Load(ushort* b)
        {
            Vector512<uint> pairs = Vector512.Load((uint*)b);
            return ((pairs << 16).AsSingle(), (pairs & Vector512.Create(0xFFFF_0000u)).AsSingle());
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Prefetch(ushort* b) => Sse.Prefetch1(b);
    }
}
