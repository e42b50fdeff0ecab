namespace ToolRM.Synthesis.Styles;

/// <inheritdoc cref="CorruptionStyle.NoCall"/>
internal sealed class NoCall : Corruption
{
    public override CorruptionStyle Style => CorruptionStyle.NoCall;

    public override bool Apply(Draft draft)
    {
        draft.Rejected.Clear();
        return true;
    }
}
