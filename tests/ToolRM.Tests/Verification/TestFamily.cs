using ToolRM.Verification;

namespace ToolRM.Tests.Verification;

/// <summary>A family with made-up features that finds nothing by itself.</summary>
internal sealed class TestFamily(string name, params string[] features) : FeatureFamily
{
    public override string Name => name;

    public override IReadOnlyList<FeatureDefinition> Features { get; } =
        [.. features.Select(feature => new FeatureDefinition($"{name}.{feature}", $"is {feature}", "made up", FeatureScale.Whole))];

    public override void Extract(CandidateFacts candidate, FeatureSink sink)
    {
    }
}
