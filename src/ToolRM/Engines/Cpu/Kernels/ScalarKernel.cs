namespace ToolRM.Engines.Cpu.Kernels;

/// <summary>The slow, obvious reference that every other kernel is tested against; runs everywhere.</summary>
internal sealed unsafe class ScalarKernel : MatmulKernel
{
    private const int Half = 8;

    public override string Name => "scalar";

    public override int Rows => 4;

    public override int Columns => 2 * Half;

    public override void Tile(
        int rows, int depth, float* a, nint aRow, nint aStep, float* b, nint bStep, float* c, nint cRow, bool accumulate)
    {
        for (int r = 0; r < rows; r++)
        {
            for (int j = 0; j < Columns; j++)
            {
                float sum = accumulate ? c[(r * cRow) + j] : 0;
                for (int k = 0; k < depth; k++)
                {
                    sum = MathF.FusedMultiplyAdd(a[(r * aRow) + (k * aStep)], b[(k * bStep) + j], sum);
                }

                c[(r * cRow) + j] = sum;
            }
        }
    }

    public override void Tile(int rows, int depth, float* a, nint aRow, ushort* b, float* c, nint cRow, bool accumulate)
    {
        for (int r = 0; r < rows; r++)
        {
            for (int j = 0; j < Columns; j++)
            {
                int place = j < Half ? 2 * j : (2 * (j - Half)) + 1;
                float sum = accumulate ? c[(r * cRow) + j] : 0;
                for (int k = 0; k < depth; k++)
                {
                    float weight = BitConverter.UInt32BitsToSingle((uint)b[(k * Columns) + place] << 16);
                    sum = MathF.FusedMultiplyAdd(a[(r * aRow) + k], weight, sum);
                }

                c[(r * cRow) + j] = sum;
            }
        }
    }
}
