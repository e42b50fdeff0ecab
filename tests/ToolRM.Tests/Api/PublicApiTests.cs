namespace ToolRM.Tests.Api;

public sealed class PublicApiTests
{
    [Fact]
    public void Public_surface_is_the_one_written_down() =>
        ApiFile.Compare(typeof(RewardModel).Assembly, "tests/ToolRM.Tests", "Api/PublicApi.txt");

    [Fact]
    public void Difference_shows_removed_and_added_lines_under_their_type() =>
        ApiFile.Difference(
                ["N: class A", "    int X", "", "N: class B", "    int Y"],
                ["N: class A", "    int X", "", "N: class B", "    long Y", "", "N: enum C", "    0 = Z"])
            .Should().Equal("  N: class B", "-     int Y", "+     long Y", "+ N: enum C", "+     0 = Z");

    [Fact]
    public void Listing_tells_kinds_modifiers_nullability_and_defaults()
    {
        string listing = ApiListing.Of(typeof(RewardModel).Assembly);

        listing.Should().Contain("ToolRM: interface IRewardModel\n    Task<IReadOnlyList<RewardScore>> ScoreAsync(RewardRequest request,")
            .And.Contain("    default Task<IReadOnlyList<IReadOnlyList<RewardScore>>> ScoreAsync(IReadOnlyList<RewardRequest> requests,")
            .And.Contain("ToolRM: sealed record RewardScore\n")
            .And.Contain("\n    double Reward { get; init; }\n")
            .And.Contain("    new(double Reward, int PromptTokens = 0, int CandidateTokens = 0)\n")
            .And.Contain("    static RewardModel LoadEmbedded(RewardModelOptions? options = default)\n")
            .And.Contain("    static Candidate FromCalls(params IReadOnlyList<ToolCall> calls)\n")
            .And.Contain("    required int Layers { get; init; }\n")
            .And.Contain("    override int GetHashCode()\n")
            .And.Contain("    0 = Reject\n")
            .And.Contain("    const string DefaultSplitPattern = ")
            .And.NotContain("PrintMembers").And.NotContain("EqualityContract").And.NotContain("<Clone>$");
    }
}
