using System.Text.Json;
using ToolRM.ToolCalls.Schemas;

namespace ToolRM.Synthesis.Styles;

/// <inheritdoc cref="CorruptionStyle.ConvertedNumber"/>
internal sealed class ConvertedNumber : Corruption
{
    private static readonly decimal[] _factors = [1000, 100, 60, 12, 24, 7, 1.609m, 0.621m, 3.281m, 2.54m];

    public override CorruptionStyle Style => CorruptionStyle.ConvertedNumber;

    public override bool AllowsNeutralDefaults => true;

    public override bool Apply(Draft draft) => draft.Dice.Chance(0.4) ? ConvertAnyway(draft) : ConvertByUnit(draft);

    /// <summary>Converts a number that should stay as the request gives it.</summary>
    private static bool ConvertAnyway(Draft draft)
    {
        if (draft.PickSlot(slot => slot.Number is not (null or 0) && slot.Parameter.Enum is null && draft.Mentions(slot.Value.GetRawText()))
            is not { Number: { } number } slot)
        {
            return false;
        }

        decimal factor = draft.Dice.Pick(_factors);
        return (draft.Dice.Chance(0.6) ? Scalars.Times(number, factor) : Math.Round(number / factor, 6)) is { } wrong
            && TrySet(draft, slot, wrong);
    }

    /// <summary>Gives the number of the request a unit and has the parameter demand this or another one.</summary>
    private static bool ConvertByUnit(Draft draft)
    {
        if (draft.PickSlot(slot => slot.Number is > 0 and < 1_000_000 && slot.Parameter.Enum is null && RequestNumbers.IndexOf(draft, slot) >= 0
                && !Units.IsNamedBy(slot.Parameter))
            is not { Number: { } number } slot)
        {
            return false;
        }

        (string small, string large, string abbreviation, decimal factor) = draft.Dice.Pick(Units.Pairs);
        bool isConversionRight = draft.Dice.Chance(0.5);
        string unit = draft.Dice.Chance(0.5) ? large : abbreviation;
        decimal converted = number * factor;
        string demand = $"{draft.Dice.OneOf("in", "in", "given in", "measured in")} {(isConversionRight ? small : large)}";
        if (!draft.TryDescribe(slot, $"{Descriptions.WithoutExamples(slot.Parameter)} {demand}."))
        {
            return false;
        }

        RequestNumbers.Append(draft, slot, " " + unit);
        if (isConversionRight)
        {
            draft.Chosen[slot.Call][slot.Name] = Scalars.Of(converted);
        }

        switch (draft.Dice.Weighted(70, 15, 15))
        {
            case 0:
                return TrySet(draft, slot, isConversionRight ? number : converted);
            case 1:
                return TrySet(draft, slot, Math.Round(number / factor, 6));
            default:
                draft.Rejected[slot.Call][slot.Name] = Scalars.Of($"{slot.Value.GetRawText()} {unit}");
                return true;
        }
    }

    private static bool TrySet(Draft draft, ArgumentSlot slot, decimal number)
    {
        JsonElement value = Scalars.Of(number);
        if (!slot.Parameter.Types.Has(JsonTypes.Fraction) && !decimal.IsInteger(number))
        {
            value = Scalars.Of(Math.Round(number));
        }

        draft.Rejected[slot.Call][slot.Name] = value;
        return true;
    }
}
