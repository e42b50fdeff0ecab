using ToolRM.Verification.Schemas;

namespace ToolRM.Synthesis;

/// <summary>Two units of the same quantity.</summary>
/// <param name="Small">The smaller one.</param>
/// <param name="Large">The larger one.</param>
/// <param name="Abbreviation">How one writes the larger one after a number.</param>
/// <param name="Factor">How many of the smaller make one of the larger.</param>
internal sealed record UnitPair(string Small, string Large, string Abbreviation, decimal Factor);

/// <summary>Units of quantities.</summary>
internal static class Units
{
    /// <summary>Units that people convert.</summary>
    public static IReadOnlyList<UnitPair> Pairs { get; } =
    [
        new("meters", "kilometers", "km", 1000), new("grams", "kilograms", "kg", 1000), new("centimeters", "meters", "m", 100),
        new("milliliters", "liters", "l", 1000), new("minutes", "hours", "h", 60), new("seconds", "minutes", "min", 60),
        new("hours", "days", "days", 24), new("days", "weeks", "weeks", 7), new("months", "years", "years", 12),
        new("cents", "dollars", "dollars", 100), new("feet", "yards", "yd", 3),
    ];

    /// <summary>Whether the parameter's description names a unit, so that another one would contradict it.</summary>
    public static bool IsNamedBy(ParameterFacts parameter) =>
        Pairs.Any(unit => parameter.DescriptionLower.Contains(unit.Small) || parameter.DescriptionLower.Contains(unit.Large));
}
