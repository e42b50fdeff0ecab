using System.Text.Json;

namespace ToolRM.Synthesis.Styles;

/// <inheritdoc cref="CorruptionStyle.Placeholder"/>
internal sealed class Placeholder : Corruption
{
    public override CorruptionStyle Style => CorruptionStyle.Placeholder;

    public override bool AllowsNeutralDefaults => true;

    public override bool Apply(Draft draft)
    {
        if (draft.PickSlot(slot => slot.IsFreeText) is not { } slot)
        {
            return false;
        }

        string name = slot.Name;
        string? wrong = draft.Dice.Weighted(45, 15, 15, 25) switch
        {
            0 => Example(draft, slot),
            1 => "",
            2 => draft.Dice.OneOf(name, $"your_{name}", $"<{name}>", $"user_{name}"),
            _ => draft.Dice.OneOf("unknown", "dontcare", "None", "N/A", "default", "any", "not specified"),
        };
        if (wrong is null || wrong == slot.Value.GetString())
        {
            return false;
        }

        draft.Rejected[slot.Call][slot.Name] = Scalars.Of(wrong);
        return true;
    }

    /// <summary>An example that the description gives, or is made to give.</summary>
    private static string? Example(Draft draft, ArgumentSlot slot)
    {
        if (slot.Parameter.Examples.Count > 0)
        {
            return draft.Dice.Pick(slot.Parameter.Examples);
        }

        IReadOnlyList<JsonElement> pool = draft.Pools.ValuesOf(slot.Parameter);
        string? example = pool.Count > 0 && draft.Dice.Pick(pool) is { ValueKind: JsonValueKind.String } other ? other.GetString() : null;
        return !string.IsNullOrWhiteSpace(example) && !draft.Mentions(example)
            && draft.TryDescribe(slot, $"{slot.Parameter.Description.TrimEnd('.')} (e.g., {draft.Dice.OneOf($"'{example}'", example)})")
                ? example
                : null;
    }
}
