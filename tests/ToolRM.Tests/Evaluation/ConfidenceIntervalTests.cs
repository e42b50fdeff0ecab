using ToolRM.Evaluation;

namespace ToolRM.Tests.Evaluation;

public class ConfidenceIntervalTests
{
    // Expected values from the formula in 30-digit arithmetic.
    [Theory]
    [InlineData(8, 10, 0.490162471536, 0.943317848545)]
    [InlineData(0, 10, 0, 0.277532799862)]
    [InlineData(10, 10, 0.722467200138, 1)]
    [InlineData(500, 1000, 0.469069600368, 0.530930399632)]
    [InlineData(1, 1, 0.206549314377, 1)]
    public void Interval_is_Wilsons(int successes, int trials, double lower, double upper)
    {
        ConfidenceInterval interval = ConfidenceInterval.Wilson(successes, trials);

        interval.Lower.Should().BeApproximately(lower, 1e-9);
        interval.Upper.Should().BeApproximately(upper, 1e-9);
    }
}
