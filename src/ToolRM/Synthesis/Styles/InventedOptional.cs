using System.Text.Json;
using ToolRM.Verification.Schemas;

namespace ToolRM.Synthesis.Styles;

/// <inheritdoc cref="CorruptionStyle.InventedOptional"/>
internal sealed class InventedOptional : Corruption
{
    public override CorruptionStyle Style => CorruptionStyle.InventedOptional;

    public override bool Apply(Draft draft)
    {
        var omitted = new List<(CallDraft Call, ParameterFacts Parameter)>();
        foreach (CallDraft call in draft.Rejected)
        {
            omitted.AddRange(draft.Find(call.Name)!.Parameters
                .Where(parameter => !parameter.IsRequired && !call.Has(parameter.Name))
                .Select(parameter => (call, parameter)));
        }

        draft.Dice.Shuffle(omitted);
        bool isChanged = false;
        foreach ((CallDraft call, ParameterFacts parameter) in omitted.Take(draft.Dice.OneOf(1, 1, 1, 2, 3)))
        {
            if (Invent(draft, call, parameter) is { } value)
            {
                call[parameter.Name] = value;
                isChanged = true;
            }
        }

        return isChanged;
    }

    private static JsonElement? Invent(Draft draft, CallDraft call, ParameterFacts parameter)
    {
        // A value of another argument is no invention of its own, but nobody gave it to this parameter.
        JsonElement[] others = [.. call.Arguments.Select(argument => argument.Value)
            .Where(other => other.ValueKind == JsonValueKind.String && PlausibleValue.Fits(other, parameter))];
        if (others.Length > 0 && draft.Dice.Chance(0.15))
        {
            return draft.Dice.Pick(others);
        }

        JsonElement value = PlausibleValue.For(parameter, draft);
        bool isMentioned = Scalars.IsTextOrNumber(value) && draft.Mentions(Scalars.InWords(value));
        return isMentioned || parameter.IsDefault(value) ? null : value;
    }
}
