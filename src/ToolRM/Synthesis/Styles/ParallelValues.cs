using System.Text.Json;

namespace ToolRM.Synthesis.Styles;

/// <inheritdoc cref="CorruptionStyle.ParallelValues"/>
internal sealed class ParallelValues : Corruption
{
    public override CorruptionStyle Style => CorruptionStyle.ParallelValues;

    public override bool Apply(Draft draft)
    {
        if (Coordination.Create(draft) is not { } several)
        {
            return false;
        }

        string name = several.Slot.Name;
        CallDraft call = draft.Chosen[0];
        draft.Chosen.Clear();
        foreach (JsonElement value in several.Values)
        {
            CallDraft one = call.Clone();
            one[name] = value;
            draft.Chosen.Add(one);
        }

        List<CallDraft> wrong = draft.Rejected;
        JsonElement? other = several.Others.Count > 0 ? draft.Dice.Pick(several.Others) : null;
        switch (draft.Dice.Weighted(38, 14, 18, 8, other is null ? 0 : 10, other is null ? 0 : 12))
        {
            case 0:
                wrong.RemoveRange(1, wrong.Count - 1);
                break;
            case 1:
                wrong.RemoveAt(draft.Dice.Next(wrong.Count));
                break;
            case 2:
                wrong.RemoveRange(1, wrong.Count - 1);
                wrong[0][name] = Scalars.Of(several.Text);
                break;
            case 3:
                wrong.RemoveRange(1, wrong.Count - 1);
                wrong[0][name] = Scalars.Of(several.Values);
                break;
            case 4:
                draft.Dice.Pick(wrong)[name] = other!.Value;
                break;
            default:
                CallDraft extra = call.Clone();
                extra[name] = other!.Value;
                wrong.Add(extra);
                break;
        }

        return true;
    }
}
