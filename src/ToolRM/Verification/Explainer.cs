using ToolRM.Checkpoints;

namespace ToolRM.Verification;

/// <summary>Tells in words and numbers why a linear model gives a candidate its reward. Immutable.</summary>
/// <param name="head">The model.</param>
/// <param name="families">The families of its features, in the order of the vector.</param>
internal sealed class Explainer(LinearHead head, IReadOnlyList<FeatureFamily> families)
{
    /// <summary>Contributions smaller than this are no reason worth reading.</summary>
    private const double LeastContribution = 0.005;

    private readonly FeatureDefinition[] _definitions = [.. families.SelectMany(family => family.Features)];
    private readonly double _constant = head.Score(new double[head.Features.Count]);

    /// <summary>Explains a reward.</summary>
    /// <param name="calls">The candidate's calls.</param>
    /// <param name="vector">Its features.</param>
    /// <param name="amounts">What they are made of.</param>
    public RewardExplanation Explain(
        IReadOnlyList<ToolCall> calls, ReadOnlySpan<double> vector, IReadOnlyList<FeatureAmount> amounts)
    {
        var contributions = new FamilyContribution[families.Count];
        int feature = 0;
        for (int i = 0; i < contributions.Length; i++)
        {
            double sum = 0;
            for (int end = feature + families[i].Features.Count; feature < end; feature++)
            {
                sum += head.Features[feature].Term(vector[feature]) - head.Features[feature].Term(0);
            }

            contributions[i] = new FamilyContribution(families[i].Name, sum);
        }

        return new RewardExplanation(_constant, contributions, Reasons(calls, vector, amounts));
    }

    /// <summary>One reason for all that a feature found at one place.</summary>
    private RewardReason[] Reasons(IReadOnlyList<ToolCall> calls, ReadOnlySpan<double> vector, IReadOnlyList<FeatureAmount> amounts)
    {
        var places = new OrderedDictionary<(int Feature, int Call, string? Parameter), double>();
        foreach (FeatureAmount amount in amounts)
        {
            (int, int, string?) place = (amount.Feature, amount.CallIndex, amount.Parameter);
            double rate = Rate(head.Features[amount.Feature], vector[amount.Feature]);
            places[place] = places.GetValueOrDefault(place) + (rate * amount.Amount);
        }

        return
        [
            .. places
                .Where(place => Math.Abs(place.Value) >= LeastContribution)
                .OrderByDescending(place => Math.Abs(place.Value))
                .Select(place => new RewardReason(
                    _definitions[place.Key.Feature].Name,
                    place.Key.Call < 0 ? null : place.Key.Call,
                    place.Key.Parameter,
                    Where(calls, place.Key.Call, place.Key.Parameter) + _definitions[place.Key.Feature].Phrase,
                    place.Value)),
        ];
    }

    /// <summary>
    /// What a feature adds to the reward for each unit of its value. All amounts count at this rate, those too that others of the
    /// opposite sign cancel; where the value is clipped, it is the mean over the whole value.
    /// </summary>
    private static double Rate(FeatureWeight feature, double value)
    {
        double from = feature.Standardize(0), to = feature.Standardize(value);
        if (Math.Abs(from) < FeatureWeight.Limit && Math.Abs(to) < FeatureWeight.Limit)
        {
            return (double)feature.Weight / feature.Scale;
        }

        return from == to ? 0 : feature.Weight * (to - from) / value;
    }

    /// <summary>The place in words. The calls are numbered, from 1 as people count, where there are several.</summary>
    private static string Where(IReadOnlyList<ToolCall> calls, int call, string? parameter)
    {
        if (call < 0)
        {
            return "";
        }

        string number = FormattableString.Invariant($"call {call + 1}");
        return parameter is null ? $"{number} ({Quote(calls[call].Name)}): "
            : calls.Count > 1 ? $"{number}, {Quote(parameter)}: "
            : $"{Quote(parameter)}: ";
    }

    /// <summary>Names come from models and may be anything.</summary>
    private static string Quote(string name) => $"`{CheckpointException.Printable(name)}`";
}
