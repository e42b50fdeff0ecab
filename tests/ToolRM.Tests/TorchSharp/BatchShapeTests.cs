using ToolRM.Engines;
using ToolRM.TorchSharp.Planning;

namespace ToolRM.Tests.TorchSharp;

public sealed class BatchShapeTests
{
    [Fact]
    public void A_prompt_with_candidates_has_a_trunk_and_branches()
    {
        var builder = new TokenForest.Builder();
        int prompt = builder.Add(-1, new int[10], isLeaf: false);
        builder.Add(prompt, new int[3], isLeaf: true);
        builder.Add(prompt, new int[4], isLeaf: true);
        BatchShape shape = BatchShape.Of(builder.Build());
        shape.Should().Be(new BatchShape(Trees: 1, Leaves: 2, Tokens: 17, LongestPath: 14, PathTokens: 27, TrunkPairs: 100, BranchPairs: 7 * 17));
        shape.SharedShare.Should().BeApproximately(10.0 / 27, 1e-12);
    }

    [Fact]
    public void A_path_is_a_trunk_and_trees_add_up()
    {
        var builder = new TokenForest.Builder();
        int first = builder.Add(-1, new int[5], isLeaf: false);
        int second = builder.Add(first, new int[6], isLeaf: false);
        builder.Add(second, new int[7], isLeaf: true);
        builder.Add(-1, new int[2], isLeaf: true);
        int fork = builder.Add(builder.Add(-1, new int[3], isLeaf: false), new int[4], isLeaf: false);
        builder.Add(fork, new int[1], isLeaf: true);
        builder.Add(fork, new int[1], isLeaf: true);
        BatchShape.Of(builder.Build()).Should().Be(new BatchShape(
            Trees: 3, Leaves: 4, Tokens: 29, LongestPath: 18, PathTokens: 18 + 2 + 8 + 8, TrunkPairs: (18 * 18) + 4 + 49, BranchPairs: 2 * 9));
    }

    [Theory]
    [InlineData(1, 0, 1, 9)]
    [InlineData(3, 20, 1, 5)]
    [InlineData(4, 20, 5, 6)]
    public void Uniform_requests_have_the_shape_of_their_forest(int trees, int prompt, int candidates, int tokens)
    {
        var builder = new TokenForest.Builder();
        for (int tree = 0; tree < trees; tree++)
        {
            int root = prompt > 0 ? builder.Add(-1, new int[prompt], isLeaf: false) : -1;
            for (int i = 0; i < candidates; i++)
            {
                builder.Add(root, new int[tokens], isLeaf: true);
            }
        }

        BatchShape.Uniform(trees, prompt, candidates, tokens).Should().Be(BatchShape.Of(builder.Build()));
    }
}
