using ToolRM.Verification.Schemas;

namespace ToolRM.Synthesis.Styles;

/// <inheritdoc cref="CorruptionStyle.IrrelevantTools"/>
internal sealed class IrrelevantTools : Corruption
{
    private const int Tries = 20;

    public override CorruptionStyle Style => CorruptionStyle.IrrelevantTools;

    public override bool Apply(Draft draft)
    {
        List<Tool> tools = Others(draft);
        if (tools.Count == 0)
        {
            return false;
        }

        CallDraft wrong = PortedCall.To(
            FunctionFacts.Of(draft.Dice.Pick(tools)), draft, draft.Chosen.SelectMany(call => call.Arguments),
            keepsShared: 0.9, fillsFromOthers: 0.7, fillsRequired: 1);
        draft.Rejected.Clear();
        draft.Rejected.Add(wrong);
        draft.Chosen.Clear();
        draft.Tools.Clear();
        draft.Tools.AddRange(tools);
        return true;
    }

    /// <summary>Up to five tools of other examples, none of a name that this one has.</summary>
    private static List<Tool> Others(Draft draft)
    {
        var tools = new List<Tool>();
        int count = draft.Dice.OneOf(1, 1, 2, 3, 5);
        for (int i = 0; i < Tries && tools.Count < count && draft.Pools.Tools.Count > 0; i++)
        {
            Tool tool = draft.Dice.Pick(draft.Pools.Tools);
            if (draft.Find(tool.Name) is null && !tools.Contains(tool))
            {
                tools.Add(tool);
            }
        }

        return tools;
    }
}
