using ToolRM.Engines;
using ToolRM.Scoring;

namespace ToolRM.Tests.Scoring;

public class ForestBuilderTests
{
    private static readonly EncodedRequest _four = new([1, 2, 3, 4], [[5], [6, 7], [8]]);

    [Fact]
    public void Everything_that_fits_is_one_forest_and_each_prompt_is_in_it_once()
    {
        using var builder = new ForestBuilder(15);
        builder.TryAdd(_four, 0).Should().Be(3);
        builder.TryAdd(new EncodedRequest([9, 9], [[1, 1]]), 0).Should().Be(1);
        builder.TryAdd(new EncodedRequest([], [[7, 7, 7]]), 0).Should().Be(1);

        TokenForest forest = builder.Build();

        forest.Tokens.ToArray().Should().Equal(1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 1, 1, 7, 7, 7);
        forest.Segments.ToArray().Select(segment => segment.Parent).Should().Equal(-1, 0, 0, 0, -1, 4, -1);
        forest.Leaves.ToArray().Should().Equal(1, 2, 3, 5, 6);
        forest.LongestPath.Should().Be(6);
    }

    [Theory]
    [InlineData(8, "5 6 7 8")]
    [InlineData(7, "5 6 7|8")]
    [InlineData(6, "5|6 7|8")]
    [InlineData(5, "5|6 7|8")]
    [InlineData(1, "5|6 7|8")]
    public void A_request_is_cut_only_where_an_empty_forest_is_too_small_for_it(int budget, string candidates)
    {
        using var builder = new ForestBuilder(budget);
        var forests = new List<string>();
        for (int done = 0; done < 3;)
        {
            int added = builder.TryAdd(_four, done);
            added.Should().BePositive();
            TokenForest forest = builder.Build();
            forest.Tokens[..4].ToArray().Should().Equal(_four.Prompt, "the prompt is there again in every forest");
            forest.Leaves.Length.Should().Be(added);
            forests.Add(string.Join(' ', forest.Tokens[4..].ToArray()));
            done += added;
            builder.Clear(isComputed: true);
        }

        string.Join('|', forests).Should().Be(candidates);
    }

    [Fact]
    public void A_request_that_fits_an_empty_forest_is_not_cut_to_fill_one_up()
    {
        using var builder = new ForestBuilder(10);
        builder.TryAdd(new EncodedRequest([], [[1, 1, 1]]), 0).Should().Be(1);

        builder.TryAdd(_four, 0).Should().Be(0);

        builder.Build().Tokens.ToArray().Should().Equal(1, 1, 1);
        builder.Clear(isComputed: true);
        builder.TryAdd(_four, 0).Should().Be(3);
    }

    [Fact]
    public void Candidates_that_are_left_may_share_a_forest()
    {
        using var builder = new ForestBuilder(10);
        builder.TryAdd(_four, 2).Should().Be(1);
        builder.TryAdd(_four, 2).Should().Be(1);
        builder.TryAdd(_four, 2).Should().Be(0);

        builder.Build().Tokens.ToArray().Should().Equal(1, 2, 3, 4, 8, 1, 2, 3, 4, 8);
    }
}
