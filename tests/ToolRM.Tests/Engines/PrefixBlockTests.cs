using ToolRM.Engines;
using ToolRM.Engines.Cpu;
using ToolRM.Models;

namespace ToolRM.Tests.Engines;

public class PrefixBlockTests
{
    [Theory]
    [MemberData(nameof(TinyModels.Shapes), MemberType = typeof(TinyModels))]
    public void Rewards_after_a_cached_prefix_are_those_of_the_whole_sequence_bit_for_bit(string shape)
    {
        DecoderConfig config = TinyModels.Config(shape);
        int[] prompt = TinyModels.Tokens(1, 150, config), other = TinyModels.Tokens(2, 70, config);
        int[][] candidates = [TinyModels.Tokens(3, 5, config), TinyModels.Tokens(4, 40, config)];
        foreach (string kernel in TinyModels.Kernels)
        {
            using CpuRewardEngine engine = TinyModels.Scorer(config, kernel, threads: 3);
            float[] expected = TinyModels.Score(engine, TinyModels.Tree(prompt, candidates));
            float[] expectedOther = TinyModels.Score(engine, TinyModels.Tree(other, candidates));
            IPrefixBlock[] blocks = [.. Enumerable.Range(0, 4).Select(_ => engine.CreatePrefixBlock())];
            IPrefixBlock[] otherBlocks = [engine.CreatePrefixBlock()];

            var forest = new TokenForest.Builder();
            AddTree(forest, -1, prompt, blocks, candidates);
            AddTree(forest, -1, other, otherBlocks, candidates);
            TinyModels.Score(engine, forest.Build()).Should().Equal([.. expected, .. expectedOther], "keeping changes nothing");

            foreach (int kept in (int[])[1, 2, 4])
            {
                forest.Clear();
                TinyModels.Add(forest, other, candidates[0]);
                AddTree(forest, forest.AddCached(blocks[..kept]), prompt[(32 * kept)..], null, candidates);
                AddTree(forest, forest.AddCached(otherBlocks), other[32..], null, candidates);
                TinyModels.Score(engine, forest.Build()).Should().Equal([expectedOther[0], .. expected, .. expectedOther]);
            }

            Array.ForEach([.. blocks, .. otherBlocks], block => block.Dispose());
        }
    }

    [Fact]
    public void A_prefix_grows_block_by_block_and_may_be_the_whole_prompt()
    {
        DecoderConfig config = TinyModels.Config("qwen3");
        int[] prompt = TinyModels.Tokens(1, 64, config), candidate = TinyModels.Tokens(2, 9, config);
        using CpuRewardEngine engine = TinyModels.Scorer(config);
        float expected = TinyModels.Score(engine, TinyModels.Tree(prompt, candidate))[0];
        using IPrefixBlock first = engine.CreatePrefixBlock(), second = engine.CreatePrefixBlock();
        var forest = new TokenForest.Builder();
        AddTree(forest, -1, prompt[..40], [first], candidate);
        TinyModels.Score(engine, forest.Build());

        forest.Clear();
        AddTree(forest, forest.AddCached([first]), prompt[32..], [second], candidate);
        TinyModels.Score(engine, forest.Build()).Should().Equal(expected);

        forest.Clear();
        forest.Add(forest.AddCached([first, second]), candidate, isLeaf: true);
        TokenForest cached = forest.Build();
        cached.Tokens.Length.Should().Be(9);
        cached.LongestPath.Should().Be(73);
        TinyModels.Score(engine, cached).Should().Equal(expected);
    }

    [Fact]
    public void A_candidate_scored_at_a_token_that_is_not_computed_is_refused()
    {
        DecoderConfig config = TinyModels.Config("qwen3");
        using CpuRewardEngine engine = TinyModels.Scorer(config);
        using IPrefixBlock block = engine.CreatePrefixBlock();
        var forest = new TokenForest.Builder();
        forest.Add(forest.AddCached([block]), [config.PadTokenId!.Value], isLeaf: true);
        Action score = () => TinyModels.Score(engine, forest.Build());
        score.Should().Throw<InvalidOperationException>();
    }

    private static void AddTree(TokenForest.Builder forest, int root, int[] prompt, IPrefixBlock[]? blocks, params int[][] candidates)
    {
        root = forest.Add(root, prompt, isLeaf: false, blocks);
        foreach (int[] candidate in candidates)
        {
            forest.Add(root, candidate, isLeaf: true);
        }
    }
}
