using ToolRM.Verification.Features;

namespace ToolRM.Verification;

/// <summary>All features as one vector. Thread-safe.</summary>
internal static class FeatureSet
{
    private static readonly FeatureFamily[] _families =
    [
        new SchemaFeatures(), new GroundingFeatures(), new OptionalFeatures(), new FormatFeatures(), new SpanFeatures(), new CodeFeatures(),
        new CoverageFeatures(), new FunctionFeatures(), new RivalFeatures(), new LocalityFeatures(), new CountFeatures(), new DemandFeatures(),
    ];

    /// <summary>Changes whenever a feature is added, removed or defined differently.</summary>
    public const string Version = "1";

    /// <summary>The families in the order of their features.</summary>
    public static IReadOnlyList<FeatureFamily> Families => _families;

    /// <summary>The features in the order of the vector.</summary>
    public static IReadOnlyList<FeatureDefinition> Definitions { get; } = [.. _families.SelectMany(family => family.Features)];

    public static int Count => Definitions.Count;

    /// <summary>The vector of a candidate, scaled (<see cref="FeatureScale"/>) but not standardised.</summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="amounts">Receives every single amount, scaled alike; may be <see langword="null"/>.</param>
    public static double[] Compute(CandidateFacts candidate, List<FeatureAmount>? amounts = null)
    {
        var sums = new double[Count];
        var sink = new FeatureSink(sums, amounts);
        foreach (FeatureFamily family in _families)
        {
            family.Extract(candidate, sink);
            sink.First += family.Features.Count;
        }

        int calls = Math.Max(1, candidate.Calls.Count);
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] /= Definitions[i].Scale == FeatureScale.PerCall ? calls : 1;
        }

        for (int i = 0; i < amounts?.Count; i++)
        {
            FeatureAmount amount = amounts[i];
            amounts[i] = amount with { Amount = amount.Amount / (Definitions[amount.Feature].Scale == FeatureScale.PerCall ? calls : 1) };
        }

        return sums;
    }
}
