namespace ToolRM.Verification;

/// <summary>The names of a vector's features, by which weights are saved. Immutable.</summary>
/// <param name="Version">The version of their definitions (<see cref="FeatureSet.Version"/>).</param>
/// <param name="Names">The names in the order of the vector, all different.</param>
internal sealed record FeatureNames(string Version, IReadOnlyList<string> Names)
{
    /// <summary>The features that this library computes.</summary>
    public static FeatureNames Own { get; } = new(FeatureSet.Version, [.. FeatureSet.Definitions.Select(feature => feature.Name)]);
}
