using ToolRM.Engines;
using ToolRM.Engines.Cpu;

namespace ToolRM.Tests.Engines;

public class RowBlocksTests
{
    [Theory]
    [InlineData(2, "512", "64 64 64 64 64 64 64 64")]
    [InlineData(2, "128", "64 64")]
    [InlineData(2, "33", "16 17")]
    [InlineData(2, "3", "3")]
    [InlineData(2, "512 50 50 50", "64 64 64 64 64 64 64 64 50 50 50")]
    [InlineData(2, "200 48 48 48 48 40 10 10", "52 48 52 48 48 48 48 48 60")]
    [InlineData(1, "300 10 10 10 10 10 10 10 10 10 10", "60 60 60 60 60 60 40")]
    public void Segments_are_cut_evenly_and_small_ones_put_together_whole(int threads, string segments, string blocks)
    {
        TokenForest forest = Forest([.. segments.Split(' ').Select(int.Parse)]);
        string.Join(' ', Cut(forest, threads)).Should().Be(blocks);
    }

    [Fact]
    public void Blocks_are_never_empty_nor_too_large_and_cover_every_row_once()
    {
        var random = new Random(1);
        for (int i = 0; i < 300; i++)
        {
            TokenForest forest = Forest([.. Enumerable.Range(0, 1 + random.Next(20)).Select(_ => 1 + random.Next(i % 3 == 0 ? 400 : 70))]);
            int[] blocks = Cut(forest, 1 + random.Next(4));
            blocks.Should().OnlyContain(rows => rows > 0 && rows <= RowBlocks.Largest);
            blocks.Sum().Should().Be(forest.Tokens.Length);
        }
    }

    [Fact]
    public void Rows_without_segments_are_cut_into_equal_blocks()
    {
        var blocks = new RowBlocks();
        blocks.Cut(10, threads: 2);
        Enumerable.Range(0, blocks.Count + 1).Select(blocks.Start).Should().Equal(0, 8, 10);
        blocks.Cut(1, threads: 4);
        Enumerable.Range(0, blocks.Count + 1).Select(blocks.Start).Should().Equal(0, 1);
    }

    private static int[] Cut(TokenForest forest, int threads)
    {
        var layout = new ForestLayout(32, padTokenId: null);
        layout.Lay(forest);
        var blocks = new RowBlocks();
        blocks.Cut(layout, threads);
        return [.. Enumerable.Range(0, blocks.Count).Select(block => blocks.Start(block + 1) - blocks.Start(block))];
    }

    /// <summary>A root and its leaves.</summary>
    private static TokenForest Forest(int[] lengths)
    {
        var forest = new TokenForest.Builder();
        int root = forest.Add(-1, new int[lengths[0]], isLeaf: lengths.Length == 1);
        foreach (int length in lengths[1..])
        {
            forest.Add(root, new int[length], isLeaf: true);
        }

        return forest.Build();
    }
}
