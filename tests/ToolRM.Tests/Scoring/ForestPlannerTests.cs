using ToolRM.Scoring;

namespace ToolRM.Tests.Scoring;

public class ForestPlannerTests
{
    private static readonly EncodedRequest[] Requests =
    [
        new([1, 2, 3, 4], [[5], [6, 7], [8]]),
        new([9, 9], [[1, 1]]),
        new([], [[7, 7, 7]]),
    ];

    [Fact]
    public void Everything_that_fits_is_one_forest_and_each_prompt_is_in_it_once()
    {
        PlannedForest plan = ForestPlanner.Plan(Requests, 100).Should().ContainSingle().Subject;
        plan.Forest.Tokens.ToArray().Should().Equal(1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 1, 1, 7, 7, 7);
        plan.Owners.Should().Equal(new(0, 0), new(0, 1), new(0, 2), new(1, 0), new(2, 0));
        plan.Forest.Segments.Length.Should().Be(7);
        plan.Forest.LongestPath.Should().Be(6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(9)]
    public void Forests_keep_to_the_budget_unless_one_candidate_alone_exceeds_it(int budget)
    {
        PlannedForest[] plans = [.. ForestPlanner.Plan(Requests, budget)];
        Array.TrueForAll(plans, plan => plan.Forest.Tokens.Length <= budget || plan.Owners.Count == 1).Should().BeTrue();
        plans.SelectMany(plan => plan.Owners).Should().Equal(new(0, 0), new(0, 1), new(0, 2), new(1, 0), new(2, 0));
        Array.TrueForAll(plans, plan => plan.Owners.Count == plan.Forest.Leaves.Length).Should().BeTrue();
    }

    [Fact]
    public void Prompt_cut_by_the_budget_is_there_again_in_the_next_forest()
    {
        PlannedForest[] plans = [.. ForestPlanner.Plan(Requests[..1], 6)];
        plans.Should().HaveCount(3);
        plans[1].Forest.Tokens.ToArray().Should().Equal(1, 2, 3, 4, 6, 7);
    }
}
