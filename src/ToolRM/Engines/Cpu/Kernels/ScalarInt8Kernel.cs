namespace ToolRM.Engines.Cpu.Kernels;

/// <summary>The slow, obvious reference that the other int8 kernels are tested against.</summary>
internal sealed unsafe class ScalarInt8Kernel : Int8Kernel
{
    public override string Name => "scalar";

    public override int Rows => 1;

    public override int Columns => 16;

    public override int Group => 1;

    public override Int8RowForm RowForm => Int8RowForm.Words;

    protected override void Tile(int rows, in Int8Rows a, in Int8Panel b, float* c, nint cRow)
    {
        for (int j = 0; j < Columns; j++)
        {
            float result = c[j];
            for (int block = 0; block < a.Blocks; block++)
            {
                int sum = b.Starts[(block * Columns) + j];
                for (int k = block * Block; k < Math.Min((block + 1) * Block, b.Groups); k++)
                {
                    sum += ((short*)a.Values)[k] * b.Values[(k * Columns) + j];
                }

                result = MathF.FusedMultiplyAdd(sum, a.Scales[block] * b.Scales[(block * Columns) + j], result);
            }

            c[j] = result;
        }
    }
}
