using System.Text.Json;
using ToolRM.ToolCalls.Schemas;
using ToolRM.Verification.Schemas;

namespace ToolRM.Synthesis;

/// <summary>
/// Gives optional parameters what leaving them out means anyway. Models do so in right and in wrong calls alike, so that a reward
/// model must not learn anything of it.
/// </summary>
internal static class NeutralDefaults
{
    /// <summary>Gives one of the calls one or two defaults of parameters that none of the pair's calls has.</summary>
    /// <returns>Whether there was a default to give.</returns>
    public static bool Add(Draft draft, List<CallDraft> side)
    {
        if (side.Count == 0)
        {
            return false;
        }

        CallDraft call = draft.Dice.Pick(side);
        var defaults = new List<(string Name, JsonElement Value)>();
        foreach (ParameterFacts parameter in draft.Find(call.Name)?.Parameters ?? [])
        {
            if (!parameter.IsRequired && !draft.Chosen.Concat(draft.Rejected).Any(other => other.Has(parameter.Name))
                && DefaultOf(parameter) is { } value)
            {
                defaults.Add((parameter.Name, value));
            }
        }

        draft.Dice.Shuffle(defaults);
        foreach ((string name, JsonElement value) in defaults.Take(draft.Dice.OneOf(1, 1, 2)))
        {
            call[name] = value;
        }

        return defaults.Count > 0;
    }

    /// <summary>What leaving out an optional parameter means, where that is a value of its type.</summary>
    private static JsonElement? DefaultOf(ParameterFacts parameter)
    {
        JsonElement value = parameter.Default.ValueKind != JsonValueKind.Undefined ? parameter.Default
            : parameter.DescribedDefault is { } described ? Read(described, parameter)
            : parameter.Types == JsonTypes.Boolean ? JsonValues.False
            : default;
        return value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null) && PlausibleValue.Fits(value, parameter) ? value : null;
    }

    private static JsonElement Read(string described, ParameterFacts parameter) =>
        JsonValues.TryParse(described, out JsonElement value) && PlausibleValue.Fits(value, parameter.Types)
            ? value
            : parameter.Enum?.FirstOrDefault(allowed =>
                allowed.ValueKind == JsonValueKind.String && string.Equals(allowed.GetString(), described, StringComparison.OrdinalIgnoreCase))
                ?? Scalars.Of(described);
}
