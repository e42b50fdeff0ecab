using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ToolRM.Engines.Cpu.Kernels;

/// <summary>6 x 16 tiles in 12 of the 16 AVX2 registers.</summary>
internal sealed unsafe class Avx2Kernel : MatmulKernel
{
    public override string Name => "avx2";

    public override int Rows => 6;

    public override int Columns => 16;

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
        for (; rows >= 6; rows -= 6)
        {
            Tile6<T, TWeight>(depth, a, aRow, aStep, b, bStep, c, cRow, accumulate);
            a += 6 * aRow;
            c += 6 * cRow;
        }

        for (; rows > 0; rows -= 2)
        {
            UpTo2<T, TWeight>(Math.Min(rows, 2), depth, a, aRow, aStep, b, bStep, c, cRow, accumulate);
            a += 2 * aRow;
            c += 2 * cRow;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile6<T, TWeight>(
        int depth, float* a, nint aRow, nint aStep, T* b, nint bStep, float* c, nint cRow, bool accumulate)
        where T : unmanaged
        where TWeight : IWeight<T>
    {
        Vector256<float> c00 = default, c01 = default;
        Vector256<float> c10 = default, c11 = default;
        Vector256<float> c20 = default, c21 = default;
        Vector256<float> c30 = default, c31 = default;
        Vector256<float> c40 = default, c41 = default;
        Vector256<float> c50 = default, c51 = default;
        if (accumulate)
        {
            (c00, c01) = Load(c);
            (c10, c11) = Load(c + cRow);
            (c20, c21) = Load(c + (2 * cRow));
            (c30, c31) = Load(c + (3 * cRow));
            (c40, c41) = Load(c + (4 * cRow));
            (c50, c51) = Load(c + (5 * cRow));
        }

        T* next = b + (depth * bStep);
        nint aRow2 = 2 * aRow;
        float* a3 = a + (3 * aRow);
        for (; depth > 0; depth--)
        {
            (Vector256<float> b0, Vector256<float> b1) = TWeight.Load(b);
            b += bStep;
            TWeight.Prefetch(next);
            next += bStep;
            Vector256<float> x0 = Vector256.Create(a[0]);
            c00 = Fma.MultiplyAdd(x0, b0, c00);
            c01 = Fma.MultiplyAdd(x0, b1, c01);
            Vector256<float> x1 = Vector256.Create(a[aRow]);
            c10 = Fma.MultiplyAdd(x1, b0, c10);
            c11 = Fma.MultiplyAdd(x1, b1, c11);
            Vector256<float> x2 = Vector256.Create(a[aRow2]);
            c20 = Fma.MultiplyAdd(x2, b0, c20);
            c21 = Fma.MultiplyAdd(x2, b1, c21);
            Vector256<float> x3 = Vector256.Create(a3[0]);
            c30 = Fma.MultiplyAdd(x3, b0, c30);
            c31 = Fma.MultiplyAdd(x3, b1, c31);
            Vector256<float> x4 = Vector256.Create(a3[aRow]);
            c40 = Fma.MultiplyAdd(x4, b0, c40);
            c41 = Fma.MultiplyAdd(x4, b1, c41);
            Vector256<float> x5 = Vector256.Create(a3[aRow2]);
            c50 = Fma.MultiplyAdd(x5, b0, c50);
            c51 = Fma.MultiplyAdd(x5, b1, c51);
            a += aStep;
            a3 += aStep;
        }

        Store(c, c00, c01);
        Store(c + cRow, c10, c11);
        Store(c + (2 * cRow), c20, c21);
        Store(c + (3 * cRow), c30, c31);
        Store(c + (4 * cRow), c40, c41);
        Store(c + (5 * cRow), c50, c51);
    }

    /// <summary>Rows that are missing are computed as copies of the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void UpTo2<T, TWeight>(
        int rows, int depth, float* a, nint aRow, nint aStep, T* b, nint bStep, float* c, nint cRow, bool accumulate)
        where T : unmanaged
        where TWeight : IWeight<T>
    {
        float* a1 = a + (Math.Min(1, rows - 1) * aRow), d1 = c + (Math.Min(1, rows - 1) * cRow);
        Vector256<float> c00 = default, c01 = default;
        Vector256<float> c10 = default, c11 = default;
        if (accumulate)
        {
            (c00, c01) = Load(c);
            (c10, c11) = Load(d1);
        }

        for (; depth > 0; depth--)
        {
            (Vector256<float> b0, Vector256<float> b1) = TWeight.Load(b);
            b += bStep;
            Vector256<float> x0 = Vector256.Create(a[0]);
            c00 = Fma.MultiplyAdd(x0, b0, c00);
            c01 = Fma.MultiplyAdd(x0, b1, c01);
            Vector256<float> x1 = Vector256.Create(a1[0]);
            c10 = Fma.MultiplyAdd(x1, b0, c10);
            c11 = Fma.MultiplyAdd(x1, b1, c11);
            a += aStep;
            a1 += aStep;
        }

        Store(c, c00, c01);
        Store(d1, c10, c11);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> First, Vector256<float> Second) Load(float* c) => (Vector256.Load(c), Vector256.Load(c + 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* c, Vector256<float> first, Vector256<float> second)
    {
        first.Store(c);
        second.Store(c + 8);
    }

    /// <summary>How a row of B lies in memory.</summary>
    private interface IWeight<T>
        where T : unmanaged
    {
        static abstract (Vector256<float> First, Vector256<float> Second) Load(T* b);

        /// <summary>Brings a row of the next panel nearer: without it, each panel begins with waiting for memory.</summary>
        static abstract void Prefetch(T* b);
    }

    private readonly struct Float32 : IWeight<float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (Vector256<float> First, Vector256<float> Second) Load(float* b) => (Vector256.Load(b), Vector256.Load(b + 8));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Prefetch(float* b) => Sse.Prefetch1(b);
    }

    private readonly struct BFloat16 : IWeight<ushort>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (Vector256<float> First, Vector256<float> Second) Load(ushort* b)
        {
            Vector256<uint> pairs = Vector256.Load((uint*)b);
            return ((pairs << 16).AsSingle(), (pairs & Vector256.Create(0xFFFF_0000u)).AsSingle());
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Prefetch(ushort* b) => Sse.Prefetch1(b);
    }
}
