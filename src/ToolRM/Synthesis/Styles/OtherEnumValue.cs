using System.Text.Json;

namespace ToolRM.Synthesis.Styles;

/// <inheritdoc cref="CorruptionStyle.OtherEnumValue"/>
internal sealed class OtherEnumValue : Corruption
{
    public override CorruptionStyle Style => CorruptionStyle.OtherEnumValue;

    public override bool AllowsNeutralDefaults => true;

    public override bool Apply(Draft draft)
    {
        if (draft.PickSlot(slot => slot.Parameter.Enum is not null || IsBoolean(slot)) is not { } slot)
        {
            return false;
        }

        if (IsBoolean(slot))
        {
            draft.Rejected[slot.Call][slot.Name] = Scalars.Of(slot.Value.ValueKind == JsonValueKind.False);
            return true;
        }

        JsonElement[] others = [.. slot.Parameter.Enum!
            .Where(other => !JsonElement.DeepEquals(other, slot.Value) && PlausibleValue.Fits(other, slot.Parameter.Types))];
        if (others.Length == 0)
        {
            return false;
        }

        draft.Rejected[slot.Call][slot.Name] = draft.Dice.Pick(others);
        return true;
    }

    private static bool IsBoolean(ArgumentSlot slot) => slot.Value.ValueKind is JsonValueKind.True or JsonValueKind.False;
}
