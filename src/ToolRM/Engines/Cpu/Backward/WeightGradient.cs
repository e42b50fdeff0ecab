using System.Runtime.Intrinsics.X86;
using ToolRM.Engines.Cpu.Kernels;

namespace ToolRM.Engines.Cpu.Backward;

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
        for (int first = 0; first < tokens; first += BackwardBlocks.Rows)
        {
            int tokenBlock = first / BackwardBlocks.Rows, depth = Math.Min(BackwardBlocks.Rows, tokens - first);
            float* next = output.Panel(tokenBlock + 1, firstTile);
            for (int panel = firstPanel; panel < endPanel; panel++)
            {
                for (int tile = firstTile; tile < endTile; tile++)
                {
                    int row = tile * output.Width;
                    next = Prefetch(next, output.Stride / (endPanel - firstPanel));
                    kernel.Tile(
                        Math.Min(output.Width, rows - row), depth, output.Panel(tokenBlock, tile), 1, output.Width,
                        input.Panel(tokenBlock, panel), input.Width, gradient + (row * stride) + (panel * input.Width), stride, accumulate: true);
                }
            }
        }
    }

    /// <summary>
    /// Asks for values of dY's next block, each tile for its share of them: the kernel itself asks for the next panel of X.
    /// </summary>
    private static float* Prefetch(float* next, int count)
    {
        const int CacheLine = 16;
        float* end = next + count;
        for (; Sse.IsSupported && next < end; next += CacheLine)
        {
            Sse.Prefetch1(next);
        }

        return next;
    }

    private static int Share(int whole, int part) => (whole + part - 1) / part;
}
