using ToolRM.Training;

namespace ToolRM.Tests.Training;

public class BradleyTerryLossTests
{
    [Theory]
    [InlineData(0, 0, 0, 0.6931471805599453)]
    [InlineData(2, 0, 0, 0.12692801104297252)]
    [InlineData(0, 2, 0, 2.1269280110429727)]
    [InlineData(3, 0, 1, 0.12692801104297252)]
    [InlineData(40, 0, 0, 4.248354255291589e-18)]
    public void Evaluate_is_the_negative_log_of_the_preference(double chosen, double rejected, double margin, double expected)
    {
        double value = new BradleyTerryLoss(0, 0).Evaluate(chosen, rejected, margin).Value;

        value.Should().BeApproximately(expected, expected * 1e-14);
    }

    [Fact]
    public void Centering_adds_the_squared_sum()
    {
        double plain = new BradleyTerryLoss(0, 0).Evaluate(3, -1, 0).Value;

        new BradleyTerryLoss(0, 0.01).Evaluate(3, -1, 0).Value.Should().BeApproximately(plain + 0.04, 1e-15);
    }

    [Fact]
    public void Smoothing_mixes_in_the_loss_of_the_other_order()
    {
        var plain = new BradleyTerryLoss(0, 0);
        double expected = (0.9 * plain.Evaluate(1.5, 0, 0).Value) + (0.1 * plain.Evaluate(0, 1.5, 0).Value);

        new BradleyTerryLoss(0.1, 0).Evaluate(1.5, 0, 0).Value.Should().BeApproximately(expected, 1e-15);
    }

    [Theory]
    [InlineData(1e4)]
    [InlineData(-1e4)]
    public void Evaluate_is_stable_far_from_zero(double chosen)
    {
        PairLoss loss = new BradleyTerryLoss(0, 0).Evaluate(chosen, 0, 0);

        loss.Value.Should().Be(chosen > 0 ? 0 : 1e4);
        loss.ChosenGradient.Should().Be(chosen > 0 ? 0 : -1);
        loss.RejectedGradient.Should().Be(chosen > 0 ? 0 : 1);
    }

    [Theory]
    [InlineData(0.3, -0.2, 0, 0, 0)]
    [InlineData(-1.3, 2.2, 0.5, 0, 0.01)]
    [InlineData(4, 1, -0.75, 0.1, 0.2)]
    [InlineData(-6, -7, 2, 0.3, 0.05)]
    public void Gradients_are_the_slopes_of_the_loss(double chosen, double rejected, double margin, double smoothing, double centering)
    {
        var loss = new BradleyTerryLoss(smoothing, centering);
        const double H = 1e-5;
        PairLoss result = loss.Evaluate(chosen, rejected, margin);

        result.ChosenGradient.Should().BeApproximately(
            (loss.Evaluate(chosen + H, rejected, margin).Value - loss.Evaluate(chosen - H, rejected, margin).Value) / (2 * H), 1e-9);
        result.RejectedGradient.Should().BeApproximately(
            (loss.Evaluate(chosen, rejected + H, margin).Value - loss.Evaluate(chosen, rejected - H, margin).Value) / (2 * H), 1e-9);
    }
}
