namespace ToolRM.Recipes;

/// <summary>Where a recipe is.</summary>
/// <param name="Stage">What it is doing.</param>
/// <param name="Detail">How far that is.</param>
/// <param name="Fraction">How far all of it is, 0 to 1; <see langword="null"/> if that is not known.</param>
internal readonly record struct RecipeProgress(string Stage, string Detail, double? Fraction);
