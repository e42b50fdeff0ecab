namespace ToolRM.Verification.Features;

/// <summary>The features of a family, each defined where its index is made, so that the two cannot come apart.</summary>
/// <param name="family">The family's name.</param>
internal sealed class FeatureTable(string family)
{
    private readonly List<FeatureDefinition> _features = [];

    public IReadOnlyList<FeatureDefinition> Features => _features;

    /// <summary>Adds a feature that is divided by the number of calls.</summary>
    /// <returns>Its index.</returns>
    public int PerCall(string name, string phrase, string definition) => Add(name, phrase, definition, FeatureScale.PerCall);

    /// <summary>Adds a feature that is not.</summary>
    /// <returns>Its index.</returns>
    public int Whole(string name, string phrase, string definition) => Add(name, phrase, definition, FeatureScale.Whole);

    private int Add(string name, string phrase, string definition, FeatureScale scale)
    {
        _features.Add(new FeatureDefinition($"{family}.{name}", phrase, definition, scale));
        return _features.Count - 1;
    }
}
