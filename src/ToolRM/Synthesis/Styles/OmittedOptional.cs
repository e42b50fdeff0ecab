namespace ToolRM.Synthesis.Styles;

/// <inheritdoc cref="CorruptionStyle.OmittedOptional"/>
internal sealed class OmittedOptional : Corruption
{
    /// <summary>How often a value of the newest turn is preferred, because that one is certainly wanted.</summary>
    private const double PrefersNewestTurn = 0.7;

    public override CorruptionStyle Style => CorruptionStyle.OmittedOptional;

    public override bool AllowsNeutralDefaults => true;

    public override bool Apply(Draft draft)
    {
        static bool IsMeant(ArgumentSlot slot) => !slot.Parameter.IsRequired && !slot.Parameter.IsDefault(slot.Value);
        ArgumentSlot? slot = draft.Dice.Chance(PrefersNewestTurn)
            ? draft.PickSlot(slot => IsMeant(slot) && Scalars.IsTextOrNumber(slot.Value)
                && TextSearch.HasWord(draft.Request, Scalars.InWords(slot.Value)))
            : null;
        slot ??= draft.PickSlot(IsMeant);
        if (slot is null)
        {
            return false;
        }

        draft.Rejected[slot.Call].Remove(slot.Name);
        return true;
    }
}
