using ToolRM.Training;

namespace ToolRM.Tests.Training;

public class TrainingPairsTests
{
    [Fact]
    public void Pairs_that_are_too_long_or_identical_are_left_out_and_counted()
    {
        TrainingPairs pairs = TestPairs.Build(
            5,
            new TokenizedPair("fits", [1, 2, 3], [4, 5], [6]),
            new TokenizedPair("chosen too long", [1, 2, 3], [4, 5, 6], [6]),
            new TokenizedPair("rejected too long", [1, 2, 3], [4], [5, 6, 7]),
            new TokenizedPair("identical", [1], [2, 3], [2, 3]));

        pairs.Counts.Should().Be(new PairCounts(Read: 4, OverLength: 2, Identical: 1));
        pairs.Counts.Used.Should().Be(1);
        pairs.Count.Should().Be(1);
        pairs[0].Id.Should().Be("fits");
    }

    [Fact]
    public void Groups_hold_the_pairs_of_equal_prompt_and_chosen_candidate()
    {
        TrainingPairs pairs = TestPairs.Build(
            100,
            new TokenizedPair("a", [1, 2], [3], [4]),
            new TokenizedPair("other chosen", [1, 2], [4], [3]),
            new TokenizedPair("as a", [1, 2], [3], [5]),
            new TokenizedPair("other border", [1], [2, 3], [4]));

        pairs.Groups.Should().BeEquivalentTo(new int[][] { [0, 2], [1], [3] }, options => options.WithStrictOrdering());
        pairs.Share(0, 2).Should().BeTrue();
        pairs.Share(0, 3).Should().BeFalse();
    }

    [Fact]
    public void Pairs_of_other_draws_are_never_in_one_group()
    {
        TokenizedPair pair = new("a", [1, 2], [3], [4]);

        TrainingPairs pairs = TestPairs.Build(
            100, pair, pair with { Rejected = [5], Draw = 1 }, pair with { Rejected = [6] }, pair with { Draw = 1 }, pair with { Draw = 2 });

        pairs.Groups.Should().BeEquivalentTo(new int[][] { [0, 2], [1, 3], [4] }, options => options.WithStrictOrdering());
        pairs.Share(0, 2).Should().BeTrue();
        pairs.Share(0, 3).Should().BeFalse("they differ in their draw alone");
    }

    [Fact]
    public void Fingerprint_tells_any_difference()
    {
        TokenizedPair first = new("a", [1, 2], [3], [4]), second = new("b", [5], [6], [7]);
        ulong fingerprint = TestPairs.Build(100, first, second).Fingerprint();
        TrainingPairs[] others =
        [
            TestPairs.Build(100, second, first),
            TestPairs.Build(100, first),
            TestPairs.Build(100, first with { Margin = 1 }, second),
            TestPairs.Build(100, first with { Prompt = [1], Chosen = [2, 3] }, second),
            TestPairs.Build(100, first with { Rejected = [9] }, second),
            TestPairs.Build(100, first with { Draw = 1 }, second),
        ];

        TestPairs.Build(100, first with { Id = "x" }, second).Fingerprint().Should().Be(fingerprint);
        others.Select(other => other.Fingerprint()).Append(fingerprint).Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData(0, 1, 1, 0)]
    [InlineData(1, 0, 1, 0)]
    [InlineData(1, 1, 0, 0)]
    [InlineData(1, 1, 1, double.NaN)]
    public void An_empty_part_or_a_margin_that_is_no_number_is_an_error_that_names_the_pair(int prompt, int chosen, int rejected, double margin)
    {
        Action build = () => TestPairs.Build(10, new TokenizedPair("row 7", new int[prompt], new int[chosen], new int[rejected], margin));

        build.Should().Throw<ToolRMException>().WithMessage("*row 7*");
    }
}
