using ToolRM.Verification;

namespace ToolRM.Tests.Verification;

public sealed class LinearHeadTests
{
    private static readonly LinearHead _head = new([new(2, 1, 0.5f), new(-1, 0, 1), new(0, 3, 1)], 0.25f);

    [Fact]
    public void Score_is_the_bias_and_the_weighted_standardised_features()
    {
        _head.Score([1.5, 2, 100]).Should().BeApproximately(0.25 + (2 * 1) - 2, 1e-12);
        _head.Score([1, 0, 0]).Should().Be(0.25);
    }

    [Fact]
    public void Features_are_clipped_at_six_standard_deviations()
    {
        _head.Score([1e9, 0, 0]).Should().Be(0.25 + (2 * 6));
        _head.Score([-1e9, 0, 0]).Should().Be(0.25 - (2 * 6));
        _head.Score([3.9, 0, 0]).Should().BeLessThan(0.25 + (2 * 6));
    }

    [Fact]
    public void Vector_of_another_length_is_refused()
    {
        FluentActions.Invoking(() => _head.Score([1, 2])).Should().Throw<ArgumentException>().WithMessage("*2 features*3*");
    }
}
