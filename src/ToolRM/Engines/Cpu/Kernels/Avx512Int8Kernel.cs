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
    private const int Width = 32, Inputs = 2;

    public override string Name => "avx512";

    public override int Rows => 12;

    public override int Columns => Width;

    public override int Group => Inputs;

    public override Int8RowForm RowForm => Int8RowForm.Words;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Tile(int rows, in Int8Rows a, in Int8Panel b, float* c, nint cRow)
    {
        nint aRow = a.Stride, aRow2 = 2 * aRow;
        byte* a0 = a.Values, a3 = a.Values + (3 * aRow), a6 = a.Values + (6 * aRow), a9 = a.Values + (9 * aRow);
        sbyte* weights = b.Values, next = weights + ((nint)b.Groups * Width * Inputs);
        for (int block = 0; block < a.Blocks; block++)
        {
            int* starts = b.Starts + (block * Width);
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
            for (int groups = b.GroupsOf(block, Block / Inputs); groups > 0; groups--)
            {
                Vector512<short> b0 = Avx512BW.ConvertToVector512Int16(Vector256.Load(weights)), b1 = Avx512BW.ConvertToVector512Int16(Vector256.Load(weights + 32));
                Sse.Prefetch1(next);
                weights += Width * Inputs;
                next += Width * Inputs;
                Vector512<short> x0 = Two(a0);
                c00 += Avx512BW.MultiplyAddAdjacent(x0, b0);
                c01 += Avx512BW.MultiplyAddAdjacent(x0, b1);
                Vector512<short> x1 = Two(a0 + aRow);
                c10 += Avx512BW.MultiplyAddAdjacent(x1, b0);
                c11 += Avx512BW.MultiplyAddAdjacent(x1, b1);
                Vector512<short> x2 = Two(a0 + aRow2);
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
                a0 += 4;
                a3 += 4;
                a6 += 4;
                a9 += 4;
            }

            var sums = new Sums(rows, a.Scales + block, a.Blocks, b.Scales + (block * Width), c, cRow);
            sums.AddTo(0, c00, c01);
            sums.AddTo(1, c10, c11);
            sums.AddTo(2, c20, c21);
            sums.AddTo(3, c30, c31);
            sums.AddTo(4, c40, c41);
            sums.AddTo(5, c50, c51);
            sums.AddTo(6, c60, c61);
            sums.AddTo(7, c70, c71);
            sums.AddTo(8, c80, c81);
            sums.AddTo(9, c90, c91);
            sums.AddTo(10, c100, c101);
            sums.AddTo(11, c110, c111);
        }
    }

    /// <summary>Two neighbouring inputs, for every column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Two(byte* a) => Vector512.Create(*(int*)a).AsInt16();

    /// <summary>Adds the sums of a block to C as <see cref="Int8Kernel"/> says, 32 columns at a time.</summary>
    private readonly ref struct Sums(int rows, float* rowScales, nint scaleStep, float* scales, float* c, nint cRow)
    {
        private readonly Vector512<float> _first = Vector512.Load(scales), _second = Vector512.Load(scales + 16);

        /// <summary>Adds to a row, unless it is one of those that are missing.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void AddTo(int row, Vector512<int> first, Vector512<int> second)
        {
            if (row < rows)
            {
                Vector512<float> scale = Vector512.Create(rowScales[row * scaleStep]);
                float* place = c + (row * cRow);
                Avx512F.FusedMultiplyAdd(Vector512.ConvertToSingle(first), scale * _first, Vector512.Load(place)).Store(place);
                Avx512F.FusedMultiplyAdd(Vector512.ConvertToSingle(second), scale * _second, Vector512.Load(place + 16)).Store(place + 16);
            }
        }
    }
}
