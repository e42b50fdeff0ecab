namespace ToolRM.Engines.Cpu;

/// <summary>
/// How rows are cut into blocks, each of which one thread takes through a layer. A segment is cut into equal parts, and small
/// segments are put together whole: the attention of a few rows of a candidate costs nearly as much as that of all.
/// </summary>
internal sealed class RowBlocks
{
    /// <summary>Most rows of a block.</summary>
    public const int Largest = 96;

    /// <summary>Most rows of a part of a segment; smaller than a block, so that threads come out even.</summary>
    private const int LargestPart = 72;

    private readonly GrowingArray<int> _starts = new();

    public int Count => _starts.Count - 1;

    /// <summary>The first row of a block, or for <see cref="Count"/> the number of rows.</summary>
    public int Start(int block) => _starts.Span[block];

    /// <summary>Cuts the tokens of a forest.</summary>
    public void Cut(ForestLayout layout, int threads)
    {
        int part = Share(layout.Tokens, threads), room = part < LargestPart ? part : Largest, filled = 0;
        _starts.Clear();
        foreach (Segment segment in layout.Forest.Segments)
        {
            int rows = segment.Computed, parts = (rows + part - 1) / part;
            for (int i = 0; i < parts; i++)
            {
                int start = CutPoint(rows, parts, i), length = CutPoint(rows, parts, i + 1) - start;
                if (filled == 0 || filled + length > room)
                {
                    _starts.Add(segment.Start + start);
                    filled = 0;
                }

                filled += length;
            }
        }

        _starts.Add(layout.Tokens);
    }

    /// <summary>Cuts rows that have nothing to do with each other.</summary>
    public void Cut(int rows, int threads)
    {
        int part = Share(rows, threads);
        _starts.Clear();
        for (int start = 0; start < rows; start += part)
        {
            _starts.Add(start);
        }

        _starts.Add(rows);
    }

    /// <summary>Rows of a part: few enough for the cache, as many parts for every thread, whole kernel tiles where possible.</summary>
    private static int Share(int rows, int threads)
    {
        int rounds = Math.Max(1, (rows + (threads * LargestPart) - 1) / (threads * LargestPart));
        return Math.Max(4, RoundUp((rows + (threads * rounds) - 1) / (threads * rounds)));
    }

    private static int CutPoint(int rows, int parts, int part) => part == parts ? rows : Math.Min(rows, RoundUp(rows * part / parts));

    private static int RoundUp(int rows) => (rows + 3) / 4 * 4;
}
