using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ToolRM.Engines.Cpu.Kernels;

/// <summary>
/// 6 x 16 tiles in 12 of 16 registers: one instruction multiplies 32 bytes without sign by 32 with sign and adds fours of the
/// products to eight sums.
/// </summary>
internal sealed unsafe class AvxVnniInt8Kernel : Int8Kernel
{
    private const int Width = 16, Inputs = 4;

    public override string Name => "avxvnni";

    public override int Rows => 6;

    public override int Columns => Width;

    public override int Group => Inputs;

    public override Int8RowForm RowForm => Int8RowForm.OffsetBytes;

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
                Vector256<sbyte> b0 = Vector256.Load(weights), b1 = Vector256.Load(weights + 32);
                Sse.Prefetch1(next);
                weights += Width * Inputs;
                next += Width * Inputs;
                Vector256<byte> x0 = Four(a0);
                c00 = AvxVnni.MultiplyWideningAndAdd(c00, x0, b0);
                c01 = AvxVnni.MultiplyWideningAndAdd(c01, x0, b1);
                Vector256<byte> x1 = Four(a0 + aRow);
                c10 = AvxVnni.MultiplyWideningAndAdd(c10, x1, b0);
                c11 = AvxVnni.MultiplyWideningAndAdd(c11, x1, b1);
                Vector256<byte> x2 = Four(a0 + aRow2);
                c20 = AvxVnni.MultiplyWideningAndAdd(c20, x2, b0);
                c21 = AvxVnni.MultiplyWideningAndAdd(c21, x2, b1);
                Vector256<byte> x3 = Four(a3);
                c30 = AvxVnni.MultiplyWideningAndAdd(c30, x3, b0);
                c31 = AvxVnni.MultiplyWideningAndAdd(c31, x3, b1);
                Vector256<byte> x4 = Four(a3 + aRow);
                c40 = AvxVnni.MultiplyWideningAndAdd(c40, x4, b0);
                c41 = AvxVnni.MultiplyWideningAndAdd(c41, x4, b1);
                Vector256<byte> x5 = Four(a3 + aRow2);
                c50 = AvxVnni.MultiplyWideningAndAdd(c50, x5, b0);
                c51 = AvxVnni.MultiplyWideningAndAdd(c51, x5, b1);
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

    /// <summary>Four neighbouring inputs, for every column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Four(byte* a) => Vector256.Create(*(uint*)a).AsByte();
}
