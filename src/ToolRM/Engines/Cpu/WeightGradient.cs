using ToolRM.Engines.Cpu.Kernels;

namespace ToolRM.Engines.Cpu;

/// <summary>
/// dW += dY^T X, the gradient of a weight matrix (outputs x inputs). Both sides are <see cref="TokenPanels"/>: those of dY
/// as wide as the kernel's tile is high, those of X as wide as the tile.
/// </summary>
/// <param name="output">dY.</param>
/// <param name="rows">Width of dY: the rows of dW.</param>
/// <param name="input">X.</param>
/// <param name="columns">Width of X: the columns of dW.</param>
/// <param name="gradient">dW, in rows padded to whole panels.</param>
/// <param name="stride">Distance of dW's rows.</param>
internal readonly unsafe struct WeightGradient(TokenPanels output, int rows, TokenPanels input, int columns, float* gradient, nint stride)
{
    /// <summary>Tokens whose share of a panel of X stays in the first cache while the panel meets all rows of a block.</summary>
    private const int Chunk = 256;

    /// <summary>Tiles, one below the other, of a block of dW; blocks are what threads share, and stay in the second cache.</summary>
    private const int BlockTiles = 8;

    /// <summary>Panels, side by side, of a block of dW.</summary>
    private const int BlockPanels = 16;

    /// <summary>Number of blocks.</summary>
    public int Blocks => Share(rows, output.Width * BlockTiles) * BlocksAcross;

    private int BlocksAcross => Share(columns, input.Width * BlockPanels);

    /// <summary>Adds the sums over the first <paramref name="tokens"/> tokens to one block of dW.</summary>
    public void Run(MatmulKernel kernel, int block, int tokens)
    {
        int firstTile = block / BlocksAcross * BlockTiles, firstPanel = block % BlocksAcross * BlockPanels;
        int endTile = Math.Min(firstTile + BlockTiles, Share(rows, output.Width));
        int endPanel = Math.Min(firstPanel + BlockPanels, Share(columns, input.Width));
        for (int token = 0; token < tokens; token += Chunk)
        {
            int depth = Math.Min(Chunk, tokens - token);
            for (int panel = firstPanel; panel < endPanel; panel++)
            {
                float* right = input.Panel(panel) + ((nint)token * input.Width);
                for (int tile = firstTile; tile < endTile; tile++)
                {
                    int row = tile * output.Width;
                    kernel.Tile(
                        Math.Min(output.Width, rows - row), depth, output.Panel(tile) + ((nint)token * output.Width), 1, output.Width,
                        right, input.Width, gradient + (row * stride) + (panel * input.Width), stride, accumulate: true);
                }
            }
        }
    }

    private static int Share(int whole, int part) => (whole + part - 1) / part;
}
