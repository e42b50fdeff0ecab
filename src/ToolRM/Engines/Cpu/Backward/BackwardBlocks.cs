namespace ToolRM.Engines.Cpu.Backward;

/// <summary>How the backward pass cuts rows into blocks: always the same way, so that sums do not depend on the number of threads.</summary>
internal static class BackwardBlocks
{
    /// <summary>Rows of a block: their share of a panel of either side of a product fits into the first cache.</summary>
    public const int Rows = 96;

    /// <summary>Number of blocks.</summary>
    public static int Count(int rows) => (rows + Rows - 1) / Rows;
}
