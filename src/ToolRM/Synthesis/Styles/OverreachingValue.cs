namespace ToolRM.Synthesis.Styles;

/// <inheritdoc cref="CorruptionStyle.OverreachingValue"/>
internal sealed class OverreachingValue : Corruption
{
    private const int MaxLength = 300;

    public override CorruptionStyle Style => CorruptionStyle.OverreachingValue;

    public override bool AllowsNeutralDefaults => true;

    public override bool Apply(Draft draft)
    {
        if (draft.PickSlot(slot => slot.IsFreeText && slot.Value.GetString()!.Length > 2) is not { } slot)
        {
            return false;
        }

        string value = slot.Value.GetString()!;
        string? longer = draft.Dice.Weighted(45, 25, 30) switch
        {
            0 => WithNeighbours(draft, value),
            1 => value + Suffix(draft),
            _ => draft.Request.Length <= MaxLength ? draft.Request : draft.Request[..MaxLength],
        };
        if (string.IsNullOrWhiteSpace(longer) || longer == value)
        {
            return false;
        }

        draft.Rejected[slot.Call][slot.Name] = Scalars.Of(longer);
        return true;
    }

    /// <summary>The value with one to three words that stand before or after it.</summary>
    private static string? WithNeighbours(Draft draft, string value)
    {
        string text = draft.Text;
        int start = TextSearch.IndexOfWord(text, value);
        if (start < 0)
        {
            return null;
        }

        int end = start + value.Length;
        bool isBefore = draft.Dice.Chance(0.5);
        for (int words = draft.Dice.OneOf(1, 2, 3); words > 0; words--)
        {
            if (isBefore)
            {
                start = start < 2 ? 0 : text.LastIndexOf(' ', start - 2) + 1;
            }
            else
            {
                int next = end + 1 >= text.Length ? -1 : text.IndexOf(' ', end + 1);
                end = next < 0 ? text.Length : next;
            }
        }

        string longer = isBefore ? text[start..(end - value.Length)] + value : value + text[(start + value.Length)..end];
        return longer.Contains('\n') ? null : longer.Trim(' ', '.', ',', '?', '!', ';', ':');
    }

    private static string Suffix(Draft draft) => draft.Dice.Weighted(6, 1, 1) switch
    {
        0 => draft.Dice.OneOf(" area", " city", " type", " name", " near me", " (requested)", ", USA", " please"),
        1 => $" in {Scalars.InWords(draft.Dice.Pick(draft.Pools.AnyValues))}",
        _ => $" and {Scalars.InWords(draft.Dice.Pick(draft.Pools.AnyValues))}",
    };
}
