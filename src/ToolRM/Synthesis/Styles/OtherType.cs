using System.Text.Json;
using ToolRM.ToolCalls.Parsing;

namespace ToolRM.Synthesis.Styles;

/// <inheritdoc cref="CorruptionStyle.OtherType"/>
internal sealed class OtherType : Corruption
{
    private static readonly string[] _separators = [", ", " and "];

    public override CorruptionStyle Style => CorruptionStyle.OtherType;

    public override bool AllowsNeutralDefaults => true;

    public override bool Apply(Draft draft)
    {
        if (draft.PickSlot(_ => true) is not { } slot)
        {
            return false;
        }

        CallDraft call = draft.Rejected[slot.Call];
        if (slot.Value.ValueKind == JsonValueKind.Object && draft.Dice.Chance(0.5))
        {
            return TryFlatten(call, slot);
        }

        JsonElement wrong = slot.Value.ValueKind switch
        {
            JsonValueKind.String => FromText(draft.Dice, slot.Value),
            JsonValueKind.Number => FromNumber(draft.Dice, slot),
            JsonValueKind.True or JsonValueKind.False => FromBoolean(draft.Dice, slot.Value.ValueKind == JsonValueKind.True),
            JsonValueKind.Array => FromArray(draft.Dice, slot.Value),
            _ => Scalars.Of(slot.Value.GetRawText()),
        };
        call[slot.Name] = wrong;
        return !PlausibleValue.Fits(wrong, slot.Parameter.Types);
    }

    private static JsonElement FromText(Dice dice, JsonElement value)
    {
        string text = value.GetString()!;
        string[] parts = text.Split(_separators, StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 1 && dice.Chance(0.5) ? Scalars.Of([.. parts.Select(Scalars.Of)])
            : ToolCalls.Schemas.JsonValues.IsNumber(text) && dice.Chance(0.7) ? JsonElement.Parse(text)
            : dice.Chance(0.2) ? JsonBuild.Object([new("value", value)])
            : Scalars.Of([value]);
    }

    private static JsonElement FromNumber(Dice dice, ArgumentSlot slot)
    {
        string digits = slot.Value.GetRawText();
        return dice.Weighted(45, 40, 15) switch
        {
            0 => Scalars.Of(digits),
            1 => Scalars.Of($"{digits} {dice.OneOf("units", "km", "USD", "hours", "people", slot.Name)}"),
            _ => Scalars.Of([slot.Value]),
        };
    }

    private static JsonElement FromBoolean(Dice dice, bool value) =>
        Scalars.Of(value ? dice.OneOf("true", "True", "yes") : dice.OneOf("false", "False", "no"));

    /// <summary>The items in a string, or the first alone.</summary>
    private static JsonElement FromArray(Dice dice, JsonElement value)
    {
        string[] items = [.. value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText())];
        return items.Length > 0 && dice.Chance(0.3) ? value[0]
            : Scalars.Of(dice.Chance(0.7) ? string.Join(dice.OneOf(", ", " and "), items) : value.GetRawText());
    }

    /// <summary>Moves the members of an object up among the arguments.</summary>
    private static bool TryFlatten(CallDraft call, ArgumentSlot slot)
    {
        call.Remove(slot.Name);
        foreach (JsonProperty member in slot.Value.EnumerateObject())
        {
            call[member.Name] = member.Value;
        }

        return true;
    }
}
