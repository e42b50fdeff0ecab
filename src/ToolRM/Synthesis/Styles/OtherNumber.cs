using System.Text.Json;
using ToolRM.ToolCalls.Schemas;
using ToolRM.Verification.Text;

namespace ToolRM.Synthesis.Styles;

/// <inheritdoc cref="CorruptionStyle.OtherNumber"/>
internal sealed class OtherNumber : Corruption
{
    public override CorruptionStyle Style => CorruptionStyle.OtherNumber;

    public override bool AllowsNeutralDefaults => true;

    public override bool Apply(Draft draft)
    {
        if (draft.PickSlot(slot => slot.Number is not null) is not { Number: { } number } slot)
        {
            return false;
        }

        Dice dice = draft.Dice;
        decimal? other = dice.Weighted(40, 20, 12, 13, 15) switch
        {
            0 => Mentioned(draft, number),
            1 => Sum(number, dice.OneOf(-1, 1, 2, 5)),
            2 => Scalars.Times(number, dice.OneOf(10, 100, 1000)),
            3 => number / 100,
            _ => dice.OneOf(0, 1, 10, 100),
        };
        if (other is not { } wrong || wrong == number)
        {
            return false;
        }

        JsonElement value = Scalars.Of(wrong);
        if (!PlausibleValue.Fits(value, slot.Parameter.Types) && PlausibleValue.Fits(slot.Value, slot.Parameter.Types & ~JsonTypes.Fraction))
        {
            value = Scalars.Of(decimal.Truncate(wrong));
        }

        draft.Rejected[slot.Call][slot.Name] = value;
        return true;
    }

    /// <summary>A number that the conversation gives for something else.</summary>
    private static decimal? Mentioned(Draft draft, decimal number)
    {
        decimal[] others = [.. NumberMentions.Scan(draft.Text)
            .Select(mention => mention.Readings[0])
            .Where(value => Math.Abs(value) < 1e15)
            .Select(value => (decimal)value)
            .Where(value => value != number)];
        return others.Length == 0 ? null : draft.Dice.Pick(others);
    }

    private static decimal? Sum(decimal number, int step) => Math.Abs(number) < 1_000_000_000_000_000_000m ? number + step : null;
}
