using ToolRM.Verification.Tables;

namespace ToolRM.Synthesis.Styles;

/// <inheritdoc cref="CorruptionStyle.RephrasedValue"/>
internal sealed class RephrasedValue : Corruption
{
    private const int MaxLength = 200;

    public override CorruptionStyle Style => CorruptionStyle.RephrasedValue;

    public override bool AllowsNeutralDefaults => true;

    public override bool Apply(Draft draft)
    {
        if (draft.PickSlot(slot => slot.IsFreeText && slot.Value.GetString()!.Length is > 2 and <= MaxLength
                && slot.Value.GetString()!.Any(char.IsLetter)) is not { } slot)
        {
            return false;
        }

        string value = slot.Value.GetString()!;
        string[] words = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string? other = words.Length > 1
            ? draft.Dice.Weighted(40, 15, 20, 10, 15) switch
            {
                0 => WithFewerWords(draft.Dice, words),
                1 => Short(draft.Dice, words),
                2 => JoinedWords(draft.Dice, words),
                3 => OtherGrammaticalNumber(value),
                _ => WithParameterName(draft.Dice, value, slot.Name),
            }
            : draft.Dice.Weighted(15, 25, 40, 20) switch
            {
                0 => value.ToLowerInvariant(),
                1 => Short(draft.Dice, words),
                2 => OtherGrammaticalNumber(value),
                _ => WithParameterName(draft.Dice, value, slot.Name),
            };
        if (string.IsNullOrWhiteSpace(other) || other == value)
        {
            return false;
        }

        draft.Rejected[slot.Call][slot.Name] = Scalars.Of(other);
        return true;
    }

    /// <summary>Without the first or the last word, or the last word alone.</summary>
    private static string WithFewerWords(Dice dice, string[] words) => dice.Next(3) switch
    {
        0 => string.Join(' ', words[1..]),
        1 => string.Join(' ', words[..^1]),
        _ => words[^1],
    };

    /// <summary>The abbreviation of a state, or initials (New York: NY, NYC).</summary>
    private static string? Short(Dice dice, string[] words)
    {
        if (States.Abbreviation(string.Join(' ', words).ToLowerInvariant()) is { } state)
        {
            return state.ToUpperInvariant();
        }

        if (words.Length < 2 || !words.All(word => char.IsUpper(word[0])))
        {
            return null;
        }

        string initials = string.Concat(words.Select(word => word[0]));
        return words.Length == 2 && dice.Chance(0.3) ? initials + "C" : initials;
    }

    private static string JoinedWords(Dice dice, string[] words) => dice.Weighted(4, 2, 2, 2) switch
    {
        0 => string.Join('_', words).ToLowerInvariant(),
        1 => string.Join('-', words).ToLowerInvariant(),
        2 => string.Join(' ', words).ToLowerInvariant(),
        _ => string.Concat(words.Select(Descriptions.Capitalise)),
    };

    private static string OtherGrammaticalNumber(string value) =>
        value.EndsWith('s') ? value.EndsWith("ies", StringComparison.Ordinal) ? value[..^3] + "y" : value[..^1]
        : value.EndsWith('y') && value.Length > 2 && !"aeiou".Contains(value[^2]) ? value[..^1] + "ies"
        : char.IsLetter(value[^1]) ? value + "s"
        : value;

    private static string WithParameterName(Dice dice, string value, string name) =>
        dice.OneOf($"{name}: {value}", $"{name}_{value}", $"{value}_{name}", $"{value} {name}");
}
