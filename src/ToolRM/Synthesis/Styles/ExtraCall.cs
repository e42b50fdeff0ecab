using ToolRM.Verification.Schemas;

namespace ToolRM.Synthesis.Styles;

/// <inheritdoc cref="CorruptionStyle.ExtraCall"/>
internal sealed class ExtraCall : Corruption
{
    public override CorruptionStyle Style => CorruptionStyle.ExtraCall;

    public override bool AllowsNeutralDefaults => true;

    public override bool Apply(Draft draft)
    {
        FunctionFacts[] others = [.. draft.Functions.Where(function => !draft.Chosen.Exists(call => call.Name == function.Name))];
        if (others.Length == 0)
        {
            return false;
        }

        CallDraft extra = PortedCall.To(
            draft.Dice.Pick(others), draft, draft.Chosen.SelectMany(call => call.Arguments),
            keepsShared: 0.9, fillsFromOthers: 0.6, fillsRequired: 1);
        draft.Rejected.Insert(draft.Dice.Next(draft.Rejected.Count + 1), extra);
        return true;
    }
}
