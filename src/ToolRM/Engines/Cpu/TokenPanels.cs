using System.Runtime.Intrinsics;

namespace ToolRM.Engines.Cpu;

/// <summary>
/// Rows of tokens, cut into panels of some columns: panel after panel, within a panel token after token. A product that sums
/// over tokens reads both of its sides in this layout from front to back.
/// </summary>
/// <param name="columns">Width of the rows.</param>
/// <param name="width">Columns of a panel.</param>
internal sealed unsafe class TokenPanels(int columns, int width) : IDisposable
{
    private const int CacheLine = 16;
    private readonly AlignedBuffer _values = new();
    private long _stride;

    /// <summary>Columns of a panel.</summary>
    public int Width => width;

    /// <summary>Makes room for a number of tokens.</summary>
    public void Ensure(long tokens)
    {
        // An odd number of cache lines: panels a power of two apart would crowd each other out of the cache.
        _stride = ((((tokens * width) + CacheLine - 1) / CacheLine) | 1) * CacheLine;
        _values.Ensure((columns + width - 1) / width * _stride);
    }

    /// <summary>The first token's values in a panel; the next token's follow.</summary>
    public float* Panel(int panel) => _values.Pointer + (panel * _stride);

    /// <summary>Stores neighbouring columns, from the first of a panel, of neighbouring tokens.</summary>
    /// <param name="source">The first token's values.</param>
    /// <param name="sourceStride">Distance of tokens in the source.</param>
    /// <param name="token">The first token.</param>
    /// <param name="tokens">Number of tokens.</param>
    /// <param name="column">The first column, a multiple of <see cref="Width"/>.</param>
    /// <param name="count">Number of columns.</param>
    public void Store(float* source, nint sourceStride, int token, int tokens, int column, int count)
    {
        float* first = Panel(column / width) + ((nint)token * width);
        for (int row = 0; row < tokens; row++)
        {
            float* destination = first + ((nint)row * width);
            for (int done = 0; done < count; done += width, destination += _stride)
            {
                Copy(source + done, destination, Math.Min(width, count - done));
            }

            source += sourceStride;
        }
    }

    public void Dispose() => _values.Dispose();

    /// <summary>Panels are too narrow for a call to the runtime's copy to pay.</summary>
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
