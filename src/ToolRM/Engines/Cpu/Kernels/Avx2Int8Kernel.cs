using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ToolRM.Engines.Cpu.Kernels;

/// <summary>
/// 6 x 16 tiles in 12 of 16 registers. Weights are widened to 16 bits: the instruction for bytes would cut sums of two
/// products to 16 bits.
/// </summary>
internal sealed unsafe class Avx2Int8Kernel : Int8Kernel
{
    private const int Width = 16, Inputs = 2;

    public override string Name => "avx2";

    public override int Rows => 6;

    public override int Columns => Width;

    public override int Group => Inputs;

    public override Int8RowForm RowForm => Int8RowForm.Words;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Tile(int rows, in Int8Rows a, in Int8Panel b, float* c, nint cRow)
    {
        nint aRow = a.Stride, aRow2 = 2 * aRow;
        byte* a0 = a.Values, a3 = a.Values + (3 * aRow);
        sbyte* weights = b.Values, next = weights + ((nint)b.Groups * Width * Inputs);
        for (int block = 0; block < a.Blocks; block++)
        {
            int* starts = b.Starts + (block * Width);
            Vector256<int> c00 = Vector256.Load(starts), c01 = Vector256.Load(starts + 8);
            Vector256<int> c10 = c00, c11 = c01;
            Vector256<int> c20 = c00, c21 = c01;
            Vector256<int> c30 = c00, c31 = c01;
            Vector256<int> c40 = c00, c41 = c01;
            Vector256<int> c50 = c00, c51 = c01;
            for (int groups = b.GroupsOf(block, Block / Inputs); groups > 0; groups--)
            {
                Vector256<short> b0 = Avx2.ConvertToVector256Int16(weights), b1 = Avx2.ConvertToVector256Int16(weights + 16);
                Sse.Prefetch1(next);
                weights += Width * Inputs;
                next += Width * Inputs;
                Vector256<short> x0 = Two(a0);
                c00 += Avx2.MultiplyAddAdjacent(x0, b0);
                c01 += Avx2.MultiplyAddAdjacent(x0, b1);
                Vector256<short> x1 = Two(a0 + aRow);
                c10 += Avx2.MultiplyAddAdjacent(x1, b0);
                c11 += Avx2.MultiplyAddAdjacent(x1, b1);
                Vector256<short> x2 = Two(a0 + aRow2);
                c20 += Avx2.MultiplyAddAdjacent(x2, b0);
                c21 += Avx2.MultiplyAddAdjacent(x2, b1);
                Vector256<short> x3 = Two(a3);
                c30 += Avx2.MultiplyAddAdjacent(x3, b0);
                c31 += Avx2.MultiplyAddAdjacent(x3, b1);
                Vector256<short> x4 = Two(a3 + aRow);
                c40 += Avx2.MultiplyAddAdjacent(x4, b0);
                c41 += Avx2.MultiplyAddAdjacent(x4, b1);
                Vector256<short> x5 = Two(a3 + aRow2);
                c50 += Avx2.MultiplyAddAdjacent(x5, b0);
                c51 += Avx2.MultiplyAddAdjacent(x5, b1);
                a0 += 4;
                a3 += 4;
            }

            var sums = new Int8Sums(rows, a.Scales + block, a.Blocks, b.Scales + (block * Width), c, cRow);
            sums.AddTo(0, c00, c01);
            sums.AddTo(1, c10, c11);
            sums.AddTo(2, c20, c21);
            sums.AddTo(3, c30, c31);
            sums.AddTo(4, c40, c41);
            sums.AddTo(5, c50, c51);
        }
    }

    /// <summary>Two neighbouring inputs, for every column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Two(byte* a) => Vector256.Create(*(int*)a).AsInt16();
}
