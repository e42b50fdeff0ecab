namespace ToolRM.Verification.Features;

/// <summary>The features of a family. Each is defined once, where it gets its index.</summary>
/// <param name="family">The family's name.</param>
internal sealed class FeatureTable(string family)
{
    private readonly List<FeatureDefinition> _definitions = [];

    public string Family { get; } = family;

    public IReadOnlyList<FeatureDefinition> Definitions => _definitions;

    /// <summary>Defines a feature whose amounts are divided by the number of calls; returns its index.</summary>
    public int PerCall(string name, string phrase, string definition) => Add(name, phrase, definition, FeatureScale.PerCall);

    /// <summary>Defines a feature of the candidate as a whole; returns its index.</summary>
    public int Whole(string name, string phrase, string definition) => Add(name, phrase, definition, FeatureScale.Whole);

    private int Add(string name, string phrase, string definition, FeatureScale scale)
    {
        _definitions.Add(new FeatureDefinition($"{Family}.{name}", phrase, definition, scale));
        return _definitions.Count - 1;
    }
}
