using System.Text.Json;
using ToolRM.Verification.Schemas;

namespace ToolRM.Synthesis.Styles;

/// <inheritdoc cref="CorruptionStyle.CallCount"/>
internal sealed class CallCount : Corruption
{
    private static readonly string[] _separators = [" and ", " & ", ", "];

    public override CorruptionStyle Style => CorruptionStyle.CallCount;

    public override bool AllowsNeutralDefaults => true;

    public override bool Apply(Draft draft)
    {
        List<CallDraft> calls = draft.Rejected;
        if (draft.Dice.Chance(0.3) && TrySplit(draft, calls))
        {
            return true;
        }

        // Of several calls too few are made as often as too many; a single one can only be made again.
        int kind = calls.Count > 1 ? draft.Dice.Weighted(25, 8, 17, 38, 12) : draft.Dice.Weighted(0, 0, 0, 75, 25);
        switch (kind)
        {
            case 0:
                calls.RemoveAt(draft.Dice.Next(calls.Count));
                return true;
            case 1:
                CallDraft only = draft.Dice.Pick(calls);
                calls.RemoveAll(call => call != only);
                return true;
            case 2:
                return TryMerge(draft, calls);
            case 3:
                calls.Add(Changed(draft, draft.Dice.Pick(calls)));
                return true;
            default:
                calls.AddRange(calls.Take(draft.Dice.OneOf(1, 2)).Select(call => call.Clone()).ToArray());
                return true;
        }
    }

    /// <summary>Makes one call of two of the same function, whose values it takes together.</summary>
    private static bool TryMerge(Draft draft, List<CallDraft> calls)
    {
        int first = draft.Dice.Next(calls.Count - 1);
        CallDraft call = calls[first], next = calls[first + 1];
        if (call.Name != next.Name)
        {
            return false;
        }

        bool asList = draft.Dice.Chance(0.4);
        string separator = draft.Dice.OneOf(", ", " and ");
        foreach ((string name, JsonElement value) in call.Arguments.ToArray())
        {
            JsonElement other = next[name];
            if (Scalars.IsTextOrNumber(value) && Scalars.IsTextOrNumber(other) && !JsonElement.DeepEquals(value, other))
            {
                call[name] = asList ? Scalars.Of([value, other]) : Scalars.Of($"{Scalars.InWords(value)}{separator}{Scalars.InWords(other)}");
            }
        }

        calls.RemoveAt(first + 1);
        return true;
    }

    /// <summary>Makes a call for each part of a value that names several things, or looks so.</summary>
    private static bool TrySplit(Draft draft, List<CallDraft> calls)
    {
        static string[] Parts(ArgumentSlot slot) => slot.Value.GetString()!.Split(_separators, 3, StringSplitOptions.TrimEntries);
        if (draft.PickSlot(slot => slot.IsFreeText && Parts(slot) is { Length: 2 } parts && parts.All(part => part.Length > 1)) is not { } slot)
        {
            return false;
        }

        string[] parts = Parts(slot);
        CallDraft second = calls[slot.Call].Clone();
        calls[slot.Call][slot.Name] = Scalars.Of(parts[0]);
        second[slot.Name] = Scalars.Of(parts[1]);
        calls.Insert(slot.Call + 1, second);
        return true;
    }

    /// <summary>A copy of a call, mostly with another value.</summary>
    private static CallDraft Changed(Draft draft, CallDraft call)
    {
        CallDraft copy = call.Clone();
        ParameterFacts[] parameters = [.. draft.Find(call.Name)!.Parameters.Where(parameter => call.Has(parameter.Name))];
        if (parameters.Length > 0 && draft.Dice.Chance(0.8))
        {
            ParameterFacts parameter = draft.Dice.Pick(parameters);
            copy[parameter.Name] = PlausibleValue.For(parameter, draft);
        }

        return copy;
    }
}
