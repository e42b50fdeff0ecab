using ToolRM.ToolCalls.Schemas;
using ToolRM.Verification.Schemas;

namespace ToolRM.Synthesis.Styles;

/// <inheritdoc cref="CorruptionStyle.SwappedSlots"/>
internal sealed class SwappedSlots : Corruption
{
    public override CorruptionStyle Style => CorruptionStyle.SwappedSlots;

    public override bool AllowsNeutralDefaults => true;

    public override bool Apply(Draft draft)
    {
        if (draft.PickSlot(slot => Scalars.IsTextOrNumber(slot.Value)) is not { } slot)
        {
            return false;
        }

        CallDraft call = draft.Rejected[slot.Call];
        ParameterFacts[] free = [.. slot.Function.Parameters
            .Where(other => !call.Has(other.Name) && other.Types != JsonTypes.Any && PlausibleValue.Fits(slot.Value, other))];
        if (free.Length > 0 && draft.Dice.Chance(0.6))
        {
            call.Rename(slot.Name, draft.Dice.Pick(free).Name);
            return true;
        }

        if (draft.PickSlot(other => other.Call == slot.Call && other.Name != slot.Name
                && PlausibleValue.Fits(other.Value, slot.Parameter) && PlausibleValue.Fits(slot.Value, other.Parameter)) is not { } partner)
        {
            return false;
        }

        call[slot.Name] = partner.Value;
        call[partner.Name] = slot.Value;
        return true;
    }
}
