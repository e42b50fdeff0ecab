using ToolRM.Training;

namespace ToolRM.Recipes;

/// <summary>What a recipe did.</summary>
/// <param name="Folder">The model's folder.</param>
/// <param name="GivenPairs">Given pairs that were learnt from.</param>
/// <param name="Golds">Their different right answers.</param>
/// <param name="Residual">The transformer's training.</param>
/// <param name="Weights">What was measured for each weight of the transformer.</param>
/// <param name="Chosen">The one that was chosen.</param>
internal sealed record RecipeResult(
    string Folder, int GivenPairs, int Golds, TrainingResult Residual, IReadOnlyList<MixtureWeight> Weights, MixtureWeight Chosen);
