using System.Text.Json;

namespace ToolRM.Synthesis.Styles;

/// <inheritdoc cref="CorruptionStyle.OtherValue"/>
internal sealed class OtherValue : Corruption
{
    public override CorruptionStyle Style => CorruptionStyle.OtherValue;

    public override bool AllowsNeutralDefaults => true;

    public override bool Apply(Draft draft)
    {
        if (draft.PickSlot(slot => slot.IsFreeText) is not { } slot)
        {
            return false;
        }

        string value = slot.Value.GetString()!;
        JsonElement[] others = [.. draft.Pools.ValuesOf(slot.Parameter).Where(other =>
            other.ValueKind == JsonValueKind.String && !other.GetString()!.Equals(value, StringComparison.OrdinalIgnoreCase))];

        // What was said elsewhere in the conversation is the more deceptive choice.
        JsonElement[] mentioned = draft.Dice.Chance(0.6)
            ? [.. others.Where(other => other.GetString()!.Length > 1 && draft.Mentions(other.GetString()!))]
            : [];
        JsonElement[] candidates = mentioned.Length > 0 ? mentioned : others;
        if (candidates.Length == 0)
        {
            return false;
        }

        draft.Rejected[slot.Call][slot.Name] = draft.Dice.OneOf<JsonElement>(candidates);
        return true;
    }
}
