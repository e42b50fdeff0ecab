using System.Text.Json;
using ToolRM.ToolCalls.Parsing;

namespace ToolRM.Synthesis.Styles;

/// <inheritdoc cref="CorruptionStyle.CombinedValues"/>
internal sealed class CombinedValues : Corruption
{
    public override CorruptionStyle Style => CorruptionStyle.CombinedValues;

    public override bool Apply(Draft draft)
    {
        // Lists that are there already are the best examples.
        if (draft.PickSlot(slot => slot.Value.ValueKind == JsonValueKind.Array && slot.Value.GetArrayLength() > 1) is { } list)
        {
            return Spoil(draft, list, [.. list.Value.EnumerateArray()], joined: null, other: null);
        }

        if (Coordination.Create(draft) is not { Slot: var slot } several)
        {
            return false;
        }

        bool isText = slot.IsFreeText && !several.Values.Any(value => value.GetString()!.Contains(',')) && draft.Dice.Chance(0.3);
        if (!(isText ? TryDemandText(draft, slot) : TryDemandList(draft, slot)))
        {
            return false;
        }

        string joined = string.Join(", ", several.Values.Select(Scalars.InWords));
        draft.Chosen[0][slot.Name] = isText ? Scalars.Of(joined) : Scalars.Of(several.Values);
        JsonElement? other = several.Others.Count > 0 ? draft.Dice.Pick(several.Others) : null;
        return Spoil(draft, slot, several.Values, isText ? null : joined, isText ? null : other);
    }

    private static bool Spoil(Draft draft, ArgumentSlot slot, IReadOnlyList<JsonElement> values, string? joined, JsonElement? other)
    {
        bool isList = draft.Chosen[slot.Call][slot.Name].ValueKind == JsonValueKind.Array;
        JsonElement Form(params JsonElement[] items) => isList || items.Length > 1 ? Scalars.Of(items) : items[0];
        List<CallDraft> wrong = draft.Rejected;
        switch (draft.Dice.Weighted(60, 15, joined is null ? 0 : 10, other is null ? 0 : 10))
        {
            case 0:
                CallDraft call = wrong[slot.Call];
                wrong.RemoveAt(slot.Call);
                for (int i = 0; i < values.Count; i++)
                {
                    CallDraft one = call.Clone();
                    one[slot.Name] = Form(values[i]);
                    wrong.Insert(slot.Call + i, one);
                }

                break;
            case 1:
                wrong[slot.Call][slot.Name] = Form(draft.Dice.Pick(values));
                break;
            case 2:
                wrong[slot.Call][slot.Name] = Scalars.Of(joined!);
                break;
            default:
                JsonElement[] items = [.. values];
                items[draft.Dice.Next(items.Length)] = other!.Value;
                wrong[slot.Call][slot.Name] = Form(items);
                break;
        }

        return true;
    }

    private static bool TryDemandText(Draft draft, ArgumentSlot slot) => draft.TryDescribe(
        slot,
        Descriptions.WithoutExamples(slot.Parameter) + draft.Dice.OneOf(
            ", comma-separated if there are several.", "; several are separated by commas.", " (comma-separated list)."));

    /// <summary>Makes the parameter a list of what it was.</summary>
    private static bool TryDemandList(Draft draft, ArgumentSlot slot)
    {
        string description = Descriptions.WithoutExamples(slot.Parameter);
        string demand = draft.Dice.OneOf(
            $"List of values: {description}.", $"{description}; one or more.", $"{description} (list).", $"{description}.");
        return draft.TryEdit(slot, schema => JsonBuild.Object(
        [
            new("type", Scalars.Of("array")),
            new("items", schema.Without("description").Without("default")),
            new("description", Scalars.Of(demand)),
        ]));
    }
}
