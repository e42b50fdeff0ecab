namespace ToolRM.Verification;

/// <summary>Features of one kind, computed together. Has no state.</summary>
internal abstract class FeatureFamily
{
    /// <summary>The first part of its features' names: <c>schema</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The features, in the order of the indices that <see cref="Extract"/> uses.</summary>
    public abstract IReadOnlyList<FeatureDefinition> Features { get; }

    /// <summary>Adds what the features find to the sink, in time linear in the size of request and candidate.</summary>
    public abstract void Extract(CandidateFacts candidate, FeatureSink sink);
}
