using System.Runtime.Intrinsics;

namespace ToolRM.Engines.Cpu.Backward;

/// <summary>
/// Rows of tokens as one side of a product that sums over tokens: block of tokens after block, within a block panel of
/// columns after panel, within a panel token after token. The inner loop reads it from front to back.
/// </summary>
/// <param name="columns">Width of the rows.</param>
/// <param name="width">Columns of a panel.</param>
internal sealed unsafe class TokenPanels(int columns, int width) : IDisposable
{
    private const int CacheLine = 16;
    private readonly AlignedBuffer _values = new();

    /// <summary>Columns of a panel.</summary>
    public int Width => width;

    /// <summary>Number of panels.</summary>
    public int Panels { get; } = (columns + width - 1) / width;

    /// <summary>Distance of a block's panels: with one line between, for panels whole pages apart would crowd each other out of the cache.</summary>
    public int Stride { get; } = (BackwardBlocks.Rows * width) + CacheLine;

    /// <summary>Makes room for a number of tokens.</summary>
    public void Ensure(int tokens) => _values.Ensure((long)BackwardBlocks.Count(tokens) * Panels * Stride);

    /// <summary>The first token's values in a panel of a block; the next token's follow.</summary>
    public float* Panel(int block, int panel) => _values.Pointer + ((((long)block * Panels) + panel) * Stride);

    /// <summary>Stores neighbouring columns, from the first of a panel, of some tokens of a block.</summary>
    /// <param name="source">The first token's values.</param>
    /// <param name="sourceStride">Distance of tokens in the source.</param>
    /// <param name="block">The block.</param>
    /// <param name="first">The first token, counted from the block's first.</param>
    /// <param name="tokens">Number of tokens.</param>
    /// <param name="column">The first column, a multiple of <see cref="Width"/>.</param>
    /// <param name="count">Number of columns.</param>
    public void Store(float* source, nint sourceStride, int block, int first, int tokens, int column, int count)
    {
        float* destination = Panel(block, column / width) + ((nint)first * width);
        for (int row = 0; row < tokens; row++)
        {
            float* panel = destination;
            for (int done = 0; done < count; done += width, panel += Stride)
            {
                Copy(source + done, panel, Math.Min(width, count - done));
            }

            source += sourceStride;
            destination += width;
        }
    }

    public void Dispose() => _values.Dispose();

    /// <summary>Panels are too narrow for a call of the runtime's copy to pay.</summary>
    private static void Copy(float* source, float* destination, int count)
    {
        int i = 0;
        for (; i <= count - Vector128<float>.Count; i += Vector128<float>.Count)
        {
            Vector128.Load(source + i).Store(destination + i);
        }

        for (; i < count; i++)
        {
            destination[i] = source[i];
        }
    }
}
