namespace ToolRM.Training;

/// <summary>
/// How a <see cref="VerifierRewardModel"/> is trained on pairs. Immutable; every value out of range is an error before training
/// starts. The defaults suit sets of a few hundred pairs as well as of a hundred thousand.
/// </summary>
public sealed record VerifierTrainingOptions
{
    /// <summary>How often every pair is learned from; at least 1, default 3. Small sets are learned from more often (<see cref="MinSteps"/>).</summary>
    public int Epochs { get; init; } = 3;

    /// <summary>
    /// Least number of optimiser steps, so that the weights of small sets arrive where they belong; at least 1, default 1000.
    /// </summary>
    public int MinSteps { get; init; } = 1000;

    /// <summary>Pairs of one optimiser step, whose losses are averaged; at least 1, default 256.</summary>
    public int PairsPerStep { get; init; } = 256;

    /// <summary>Adam: the first learning rate, which falls linearly to a two-hundredth; above 0, default 2e-3.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>
    /// Weight of the squared sum of a pair's rewards, which keeps rewards near 0 (Eisenstein et al., arXiv 2312.09244);
    /// 0 or more, default 0.01.
    /// </summary>
    public double CenteringCoefficient { get; init; } = 0.01;

    /// <summary>Penalty on the sum of the squared weights, the bias excepted; 0 or more, default 0.01.</summary>
    public double WeightPenalty { get; init; } = 0.01;

    /// <summary>
    /// Probability with which a feature of a pair is hidden, on both sides alike, each time the pair is learned from; those that are
    /// left count the more (inverted dropout). It spreads weight over features that say the same. 0 up to but not including 1,
    /// default 0.3.
    /// </summary>
    public double FeatureDropout { get; init; } = 0.3;

    /// <summary>Seed of shuffling and dropout; any value, default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Threads that compute features, at least 1; default the number of processors. Makes no difference to the result.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    internal void Validate()
    {
        OptionRules.Count(nameof(Epochs), Epochs);
        OptionRules.Count(nameof(MinSteps), MinSteps);
        OptionRules.Count(nameof(PairsPerStep), PairsPerStep);
        OptionRules.Positive(nameof(LearningRate), LearningRate);
        OptionRules.NotNegative(nameof(CenteringCoefficient), CenteringCoefficient);
        OptionRules.NotNegative(nameof(WeightPenalty), WeightPenalty);
        OptionRules.ProperFraction(nameof(FeatureDropout), FeatureDropout);
        OptionRules.Count(nameof(Threads), Threads);
    }
}
