using System.Text.Json;
using ToolRM.ToolCalls.Schemas;

namespace ToolRM.Synthesis;

/// <summary>Makes a request for one thing into one for several: "Rome" becomes "Rome, Oslo and Lima".</summary>
/// <param name="Slot">The argument that has several values now.</param>
/// <param name="Values">The values, the given one first; at least two.</param>
/// <param name="Others">Further values of the same kind, none of them among <paramref name="Values"/>; may be empty.</param>
/// <param name="Text">The values as the request names them now.</param>
internal sealed record Coordination(ArgumentSlot Slot, IReadOnlyList<JsonElement> Values, IReadOnlyList<JsonElement> Others, string Text)
{
    private const int MaxLength = 40;

    /// <summary>
    /// Names several values in the newest turn in place of one, which it names once; <see langword="null"/> unless there is a single call
    /// with such a value, and others of its kind are known.
    /// </summary>
    public static Coordination? Create(Draft draft)
    {
        if (draft.Chosen.Count != 1 || draft.PickSlot(slot => Scalars.IsTextOrNumber(slot.Value) && IsNamedOnce(draft, slot)) is not { } slot)
        {
            return null;
        }

        List<JsonElement> others = Alternatives(draft, slot);
        draft.Dice.Shuffle(others);
        JsonElement[] values = [slot.Value, .. others.Take(draft.Dice.OneOf(1, 1, 2, 3))];
        if (values.Length < 2)
        {
            return null;
        }

        // The given value need not come first.
        if (draft.Dice.Chance(0.3))
        {
            (values[0], values[^1]) = (values[^1], values[0]);
        }

        string given = Scalars.InWords(slot.Value), text = Join(draft.Dice, [.. values.Select(Scalars.InWords)]);
        draft.ReplaceInRequest(TextSearch.IndexOfOnly(draft.Request, given), given.Length, text);
        return new Coordination(slot, values, others[(values.Length - 1)..], text);
    }

    /// <summary>Values as a sentence lists them.</summary>
    private static string Join(Dice dice, string[] values)
    {
        string last = values[^1], first = string.Join(", ", values[..^1]);
        return values.Length == 2
            ? dice.OneOf(
                $"{first} and {last}", $"{first} and {last}", $"both {first} and {last}", $"{first} as well as {last}",
                $"{first}, and also {last}")
            : dice.OneOf($"{first} and {last}", $"{first}, and {last}");
    }

    private static bool IsNamedOnce(Draft draft, ArgumentSlot slot)
    {
        string value = Scalars.InWords(slot.Value);
        return value.Length <= MaxLength && TextSearch.IndexOfOnly(draft.Request, value) >= 0;
    }

    private static List<JsonElement> Alternatives(Draft draft, ArgumentSlot slot)
    {
        IEnumerable<JsonElement> values = slot.Parameter.Enum is { } allowed && !slot.Parameter.Types.Has(JsonTypes.Array)
            ? allowed
            : draft.Pools.ValuesOf(slot.Parameter).Where(value => Scalars.InWords(value).Length is > 0 and <= MaxLength);
        string given = Scalars.InWords(slot.Value);
        return [.. values.Where(value => value.ValueKind == slot.Value.ValueKind && PlausibleValue.Fits(value, slot.Parameter)
            && !Scalars.InWords(value).Equals(given, StringComparison.OrdinalIgnoreCase))];
    }
}
