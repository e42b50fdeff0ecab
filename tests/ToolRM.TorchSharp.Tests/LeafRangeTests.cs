using ToolRM.Engines;
using ToolRM.Models;
using ToolRM.Tests.Engines;
using ToolRM.TorchSharp.Rows;

namespace ToolRM.TorchSharp.Tests;

[Trait("Category", "TorchSharp")]
public class LeafRangeTests
{
    [Fact]
    public void Part_of_a_forest_holds_its_leaves_and_what_they_continue_only()
    {
        var builder = new TokenForest.Builder();
        TinyModels.Add(builder, [1, 2], [3], [4, 5]);
        TinyModels.Add(builder, [6], [7], [8]);
        TokenForest part = LeafRange.Of(builder.Build(), 1, 2);
        part.Tokens.ToArray().Should().Equal(1, 2, 4, 5, 6, 7);
        part.Segments.ToArray().Select(segment => segment.Parent).Should().Equal(-1, 0, -1, 2);
        part.Leaves.ToArray().Should().Equal(1, 3);
    }

    [Fact]
    public void Trees_are_grouped_while_they_are_small_and_a_chain_is_a_trunk()
    {
        DecoderConfig config = TinyModels.Config("llama");
        var builder = new TokenForest.Builder();
        TinyModels.Add(builder, TinyModels.Tokens(1, 30, config), [5, 6], [7]);
        TinyModels.Add(builder, TinyModels.Tokens(1, 8, config), [5, 6]);
        TinyModels.Add(builder, TinyModels.Tokens(1, 3, config), [5, 6], [7]);
        int root = builder.Add(-1, [1, 2, 3], isLeaf: true);
        root = builder.Add(root, [4], isLeaf: false);
        builder.Add(root, [4, 5], isLeaf: true);
        TreeGroup.Of(builder.Build(), 16).Should().Equal(
            new TreeGroup(FirstSegment: 0, Segments: 3, FirstRow: 0, Tokens: 33, Trunk: 30),
            new TreeGroup(FirstSegment: 3, Segments: 5, FirstRow: 33, Tokens: 16, Trunk: 0),
            new TreeGroup(FirstSegment: 8, Segments: 3, FirstRow: 49, Tokens: 6, Trunk: 6));
    }
}
