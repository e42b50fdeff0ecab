using ToolRM.Training;

namespace ToolRM.Tests.Training;

public class LearningRateScheduleTests
{
    [Fact]
    public void It_warms_up_linearly_then_follows_half_a_cosine()
    {
        var schedule = new LearningRateSchedule(peak: 2, warmupFraction: 0.1, finalFraction: 0.1, totalSteps: 110);

        schedule.At(1).Should().BeApproximately(2.0 / 11, 1e-15);
        schedule.At(5).Should().BeApproximately(10.0 / 11, 1e-15);
        schedule.At(11).Should().Be(2);
        schedule.At(11 + 33).Should().BeApproximately(2 * (0.1 + (0.9 * 0.5 * (1 + Math.Cos(Math.PI / 3)))), 1e-12);
        schedule.At(110).Should().BeApproximately(0.2, 1e-15);
    }

    [Fact]
    public void It_never_rises_after_the_warm_up()
    {
        var schedule = new LearningRateSchedule(1, 0.03, 0, 1000);

        double[] rates = [.. Enumerable.Range(30, 971).Select(schedule.At)];

        rates.Should().BeInDescendingOrder();
        rates[0].Should().Be(1);
        rates[^1].Should().BeApproximately(0, 1e-15);
    }

    [Theory]
    [InlineData(0, 1, 1, 1.0)]
    [InlineData(0, 7, 1, 1.0)]
    [InlineData(1, 7, 7, 1.0)]
    [InlineData(1, 7, 1, 1.0 / 7)]
    [InlineData(0.001, 10, 1, 1.0)]
    public void Corners(double warmup, int steps, int step, double expected)
    {
        new LearningRateSchedule(1, warmup, 0.5, steps).At(step).Should().BeApproximately(expected, 1e-15);
    }
}
