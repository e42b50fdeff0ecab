namespace ToolRM.Engines.Cpu.Kernels;

/// <summary>The slow, obvious reference that the other int8 kernels are tested against.</summary>
internal sealed unsafe class ScalarInt8Kernel : Int8Kernel
{
    public override string Name => "scalar";

    public override int Rows => 1;

    public override int Columns => 16;

    public override int Group => 1;

    public override Int8RowForm RowForm => Int8RowForm.Words;

    public override void Tile(in Int8Rows a, in Int8Panel b, float* c, nint cRow, bool accumulate)
    {
        for (int r = 0; r < a.Rows; r++)
        {
            short* row = (short*)(a.Values + (r * a.Stride));
            for (int j = 0; j < Columns; j++)
            {
                int sum = b.Starts[j];
                for (int k = 0; k < b.Groups; k++)
                {
                    sum += row[k] * b.Values[(k * Columns) + j];
                }

                float scale = a.Scales[r] * b.Scales[j];
                ref float result = ref c[(r * cRow) + j];
                result = accumulate ? MathF.FusedMultiplyAdd(sum, scale, result) : sum * scale;
            }
        }
    }
}
