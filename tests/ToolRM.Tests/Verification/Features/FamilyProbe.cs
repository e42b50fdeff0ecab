using ToolRM.Verification;

namespace ToolRM.Tests.Verification.Features;

/// <summary>The features of one family for one candidate, by the last part of their names.</summary>
internal sealed class FamilyProbe
{
    private readonly Dictionary<string, double> _values = new(StringComparer.Ordinal);

    public FamilyProbe(FeatureFamily family, ToolPrompt prompt, Candidate candidate)
    {
        var sums = new double[family.Features.Count];
        family.Extract(new CandidateFacts(new RequestFacts(prompt), candidate), new FeatureSink(sums, Amounts));
        for (int i = 0; i < sums.Length; i++)
        {
            FeatureDefinition feature = family.Features[i];
            double divisor = feature.Scale == FeatureScale.PerCall ? Math.Max(1, candidate.Calls.Count) : 1;
            _values.Add(feature.Name[(family.Name.Length + 1)..], sums[i] / divisor);
        }
    }

    public FamilyProbe(FeatureFamily family, string user, IReadOnlyList<Tool> tools, params IReadOnlyList<ToolCall> calls)
        : this(family, ToolPrompt.FromUser(user, tools), Candidate.FromCalls(calls))
    {
    }

    public List<FeatureAmount> Amounts { get; } = [];

    public double this[string feature] => _values[feature];
}
