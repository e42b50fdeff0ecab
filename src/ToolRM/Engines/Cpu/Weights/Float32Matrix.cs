using ToolRM.Engines.Cpu.Kernels;

namespace ToolRM.Engines.Cpu.Weights;

/// <summary>Weights as 32-bit numbers.</summary>
internal sealed unsafe class Float32Matrix(MatmulKernel kernel, int depth, int columns) : WeightMatrix(depth, columns, kernel.Columns)
{
    private readonly PackedMatrix _packed = new(kernel, depth, columns);

    public override void Load(float* source, nint rowStride, int rows, int firstColumn = 0) =>
        _packed.PackTransposed(source, rowStride, rows, firstColumn);

    public override void MultiplyPanel(int panel, LeftRows a, float* c, nint cRow, bool accumulate) =>
        kernel.Tile(a.Rows, Depth, a.Values, a.Stride, 1, _packed.Panel(panel), Width, c, cRow, accumulate);

    public override void Dispose() => _packed.Dispose();
}
