using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ToolRM.Engines.Cpu.Kernels;

/// <summary>
/// 12 x 32 tiles in 24 of 32 registers, for processors with AVX-512 but without AVX-VNNI. Weights are widened to 16 bits, as
/// in <see cref="Avx2Int8Kernel"/>.
/// </summary>
internal sealed unsafe class Avx512Int8Kernel : Int8Kernel
{
    public override string Name => "avx512";

    public override int Rows => 12;

    public override int Columns => 32;

    public override int Group => 2;

    public override Int8RowForm RowForm => Int8RowForm.Words;

    public override void Tile(in Int8Rows a, in Int8Panel b, float* c, nint cRow, bool accumulate)
    {
        for (int row = 0; row < a.Rows; row += 12)
        {
            Tile12(
                Math.Min(12, a.Rows - row), a.Values + (row * a.Stride), a.Stride, a.Scales + row, b.Groups, b.Values, b.Scales, b.Starts,
                c + (row * cRow), cRow, accumulate);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile12(
        int rows, byte* a, nint aRow, float* rowScales, int groups, sbyte* b, float* scales, int* starts, float* c, nint cRow, bool accumulate)
    {
        Vector512<int> c00 = Vector512.Load(starts), c01 = Vector512.Load(starts + 16);
        Vector512<int> c10 = c00, c11 = c01;
        Vector512<int> c20 = c00, c21 = c01;
        Vector512<int> c30 = c00, c31 = c01;
        Vector512<int> c40 = c00, c41 = c01;
        Vector512<int> c50 = c00, c51 = c01;
        Vector512<int> c60 = c00, c61 = c01;
        Vector512<int> c70 = c00, c71 = c01;
        Vector512<int> c80 = c00, c81 = c01;
        Vector512<int> c90 = c00, c91 = c01;
        Vector512<int> c100 = c00, c101 = c01;
        Vector512<int> c110 = c00, c111 = c01;
        nint aRow2 = 2 * aRow;
        byte* a3 = a + (3 * aRow);
        byte* a6 = a + (6 * aRow);
        byte* a9 = a + (9 * aRow);
        for (; groups > 0; groups--)
        {
            Vector512<short> b0 = Avx512BW.ConvertToVector512Int16(Vector256.Load(b));
            Vector512<short> b1 = Avx512BW.ConvertToVector512Int16(Vector256.Load(b + 32));
            b += 64;
            Vector512<short> x0 = Two(a);
            c00 += Avx512BW.MultiplyAddAdjacent(x0, b0);
            c01 += Avx512BW.MultiplyAddAdjacent(x0, b1);
            Vector512<short> x1 = Two(a + aRow);
            c10 += Avx512BW.MultiplyAddAdjacent(x1, b0);
            c11 += Avx512BW.MultiplyAddAdjacent(x1, b1);
            Vector512<short> x2 = Two(a + aRow2);
            c20 += Avx512BW.MultiplyAddAdjacent(x2, b0);
            c21 += Avx512BW.MultiplyAddAdjacent(x2, b1);
            Vector512<short> x3 = Two(a3);
            c30 += Avx512BW.MultiplyAddAdjacent(x3, b0);
            c31 += Avx512BW.MultiplyAddAdjacent(x3, b1);
            Vector512<short> x4 = Two(a3 + aRow);
            c40 += Avx512BW.MultiplyAddAdjacent(x4, b0);
            c41 += Avx512BW.MultiplyAddAdjacent(x4, b1);
            Vector512<short> x5 = Two(a3 + aRow2);
            c50 += Avx512BW.MultiplyAddAdjacent(x5, b0);
            c51 += Avx512BW.MultiplyAddAdjacent(x5, b1);
            Vector512<short> x6 = Two(a6);
            c60 += Avx512BW.MultiplyAddAdjacent(x6, b0);
            c61 += Avx512BW.MultiplyAddAdjacent(x6, b1);
            Vector512<short> x7 = Two(a6 + aRow);
            c70 += Avx512BW.MultiplyAddAdjacent(x7, b0);
            c71 += Avx512BW.MultiplyAddAdjacent(x7, b1);
            Vector512<short> x8 = Two(a6 + aRow2);
            c80 += Avx512BW.MultiplyAddAdjacent(x8, b0);
            c81 += Avx512BW.MultiplyAddAdjacent(x8, b1);
            Vector512<short> x9 = Two(a9);
            c90 += Avx512BW.MultiplyAddAdjacent(x9, b0);
            c91 += Avx512BW.MultiplyAddAdjacent(x9, b1);
            Vector512<short> x10 = Two(a9 + aRow);
            c100 += Avx512BW.MultiplyAddAdjacent(x10, b0);
            c101 += Avx512BW.MultiplyAddAdjacent(x10, b1);
            Vector512<short> x11 = Two(a9 + aRow2);
            c110 += Avx512BW.MultiplyAddAdjacent(x11, b0);
            c111 += Avx512BW.MultiplyAddAdjacent(x11, b1);
            a += 4;
            a3 += 4;
            a6 += 4;
            a9 += 4;
        }

        Vector512<float> scale0 = Vector512.Load(scales), scale1 = Vector512.Load(scales + 16);
        Store(0, c00, c01);
        Store(1, c10, c11);
        Store(2, c20, c21);
        Store(3, c30, c31);
        Store(4, c40, c41);
        Store(5, c50, c51);
        Store(6, c60, c61);
        Store(7, c70, c71);
        Store(8, c80, c81);
        Store(9, c90, c91);
        Store(10, c100, c101);
        Store(11, c110, c111);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        void Store(int row, Vector512<int> first, Vector512<int> second)
        {
            if (row < rows)
            {
                Vector512<float> rowScale = Vector512.Create(rowScales[row]);
                Finish(first, rowScale * scale0, c + (row * cRow), accumulate);
                Finish(second, rowScale * scale1, c + (row * cRow) + 16, accumulate);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(Vector512<int> sums, Vector512<float> scale, float* destination, bool accumulate)
    {
        Vector512<float> values = Vector512.ConvertToSingle(sums);
        (accumulate ? Avx512F.FusedMultiplyAdd(values, scale, Vector512.Load(destination)) : values * scale).Store(destination);
    }

    /// <summary>Two neighbouring inputs, for every column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Two(byte* a) => Vector512.Create(*(int*)a).AsInt16();
}
