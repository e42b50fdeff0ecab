using System.Text.Json;
using ToolRM.ToolCalls.Parsing;

namespace ToolRM.Synthesis.Styles;

/// <inheritdoc cref="CorruptionStyle.Percentage"/>
internal sealed class Percentage : Corruption
{
    private static readonly string[] _decimals =
        [" as a decimal", " rate", " (annual rate)", " as a decimal fraction (e.g., 0.25)", " rate, as a fraction of 1", " in decimal form"];

    private static readonly string[] _percents = [" in percent", " as a percentage", ", percentage (e.g. 25)", " (in %)"];

    public override CorruptionStyle Style => CorruptionStyle.Percentage;

    public override bool Apply(Draft draft)
    {
        if (draft.PickSlot(slot => slot.Number is > 0 and <= 100 && slot.Parameter.Enum is null && !Units.IsNamedBy(slot.Parameter)
                && RequestNumbers.IndexOf(draft, slot) >= 0)
            is not { Number: { } number } slot)
        {
            return false;
        }

        bool asDecimal = draft.Dice.Chance(0.7);
        bool isWhole = decimal.IsInteger(number);
        string type = asDecimal || !isWhole || draft.Dice.Chance(0.5) ? "number" : "integer";
        string description = $"{Descriptions.WithoutExamples(slot.Parameter)}{draft.Dice.Pick(asDecimal ? _decimals : _percents)}.";
        if (!draft.TryEdit(slot, _ => JsonBuild.Object([new("type", Scalars.Of(type)), new("description", Scalars.Of(description))])))
        {
            return false;
        }

        string digits = slot.Value.GetRawText();
        RequestNumbers.Append(draft, slot, draft.Dice.OneOf("%", "%", "%", " percent"));
        JsonElement fraction = Scalars.Of(number / 100);
        if (asDecimal)
        {
            draft.Chosen[slot.Call][slot.Name] = fraction;
        }

        draft.Rejected[slot.Call][slot.Name] = asDecimal
            ? draft.Dice.OneOf(slot.Value, slot.Value, Scalars.Of(number / 10), Scalars.Of(digits + "%"))
            : draft.Dice.OneOf(fraction, fraction, Scalars.Of(digits + "%"));
        return true;
    }
}
