namespace ToolRM.Recipes;

/// <summary>How a weight of the transformer does on held-out pairs.</summary>
/// <param name="Weight">What the transformer's rewards are multiplied by before the verifier's are added.</param>
/// <param name="Accuracy">Share of the pairs whose right answer gets more.</param>
/// <param name="MacroAccuracy">The mean of that over error types.</param>
internal sealed record MixtureWeight(double Weight, double Accuracy, double MacroAccuracy);
