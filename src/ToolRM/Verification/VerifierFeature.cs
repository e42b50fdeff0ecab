namespace ToolRM.Verification;

/// <summary>A feature with its part in a <see cref="VerifierRewardModel"/>. Immutable.</summary>
/// <param name="Definition">What the feature is.</param>
/// <param name="Weight">What one standard deviation more adds to the reward; 0 if the model does not use the feature.</param>
/// <param name="Mean">The mean value over the candidates it was trained on.</param>
/// <param name="Scale">Their standard deviation, at least 0.15 where the library trained it.</param>
public sealed record VerifierFeature(FeatureDefinition Definition, float Weight, float Mean, float Scale);
