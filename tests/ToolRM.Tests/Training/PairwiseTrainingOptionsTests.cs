using ToolRM.Training;

namespace ToolRM.Tests.Training;

public class PairwiseTrainingOptionsTests
{
    public static TheoryData<string, PairwiseTrainingOptions> Invalid => new()
    {
        { "Epochs", new() { Epochs = 0 } },
        { "MaxSteps", new() { MaxSteps = 0 } },
        { "LearningRate", new() { LearningRate = 0 } },
        { "LearningRate", new() { LearningRate = double.PositiveInfinity } },
        { "LearningRate", new() { LearningRate = double.NaN } },
        { "WarmupFraction", new() { WarmupFraction = 1.1 } },
        { "FinalLearningRateFraction", new() { FinalLearningRateFraction = -0.1 } },
        { "Beta1", new() { Beta1 = 1 } },
        { "Beta2", new() { Beta2 = double.NaN } },
        { "Epsilon", new() { Epsilon = 0 } },
        { "WeightDecay", new() { WeightDecay = -1 } },
        { "MaxGradientNorm", new() { MaxGradientNorm = 0 } },
        { "CenteringCoefficient", new() { CenteringCoefficient = -0.01 } },
        { "LabelSmoothing", new() { LabelSmoothing = 0.5 } },
        { "PairsPerStep", new() { PairsPerStep = 0 } },
        { "TokensPerMicroBatch", new() { TokensPerMicroBatch = 0 } },
        { "MaxLength", new() { MaxLength = 1 } },
        { "EvaluationEvery", new() { EvaluationEvery = 0 } },
        { "LogEvery", new() { LogEvery = 0 } },
        { "CheckpointEvery", new() { CheckpointEvery = 0 } },
    };

    [Theory]
    [MemberData(nameof(Invalid), DisableDiscoveryEnumeration = true)]
    public void A_value_out_of_range_is_an_error_that_names_it(string name, PairwiseTrainingOptions options)
    {
        Action validate = options.Validate;

        validate.Should().Throw<ArgumentOutOfRangeException>().WithMessage($"{name} must be*").Which.ParamName.Should().Be(name);
    }

    [Fact]
    public void Defaults_and_the_ends_of_ranges_are_valid()
    {
        new PairwiseTrainingOptions().Validate();
        new PairwiseTrainingOptions
        {
            WarmupFraction = 1, FinalLearningRateFraction = 0, Beta1 = 0, Beta2 = 0, WeightDecay = 0, MaxGradientNorm = double.PositiveInfinity,
            CenteringCoefficient = 0, PairsPerStep = 1, TokensPerMicroBatch = 1, MaxLength = 2, Seed = ulong.MaxValue,
        }.Validate();
    }
}
