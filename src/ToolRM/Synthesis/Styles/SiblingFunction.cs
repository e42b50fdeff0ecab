using ToolRM.Verification.Schemas;

namespace ToolRM.Synthesis.Styles;

/// <inheritdoc cref="CorruptionStyle.SiblingFunction"/>
internal sealed class SiblingFunction : Corruption
{
    public override CorruptionStyle Style => CorruptionStyle.SiblingFunction;

    public override bool AllowsNeutralDefaults => true;

    public override bool Apply(Draft draft)
    {
        int index = draft.Dice.Next(draft.Chosen.Count);
        CallDraft call = draft.Chosen[index];
        FunctionFacts function = draft.Find(call.Name)!;
        FunctionFacts[] others = [.. draft.Functions.Where(other => other.Name != call.Name)];
        if (others.Length == 0)
        {
            return false;
        }

        FunctionFacts sibling = draft.Dice.Chance(0.75) ? others.MaxBy(other => Closeness(function, other, call))! : draft.Dice.Pick(others);

        // Now and then the name alone is wrong, and the arguments are still those of the right function.
        draft.Rejected[index] = draft.Dice.Chance(0.12)
            ? new CallDraft(sibling.Name, call.Arguments)
            : PortedCall.To(sibling, draft, call.Arguments, keepsShared: 1, fillsFromOthers: 0.7, fillsRequired: 0.75);
        return true;
    }

    /// <summary>How easily one function is taken for the other: by arguments in common, and by their names.</summary>
    private static double Closeness(FunctionFacts function, FunctionFacts other, CallDraft call) =>
        call.Arguments.Count(argument => other.Find(argument.Key) is not null)
        + (FirstPart(function.Name).SequenceEqual(FirstPart(other.Name)) ? 0.5 : 0)
        + (0.2 * function.NameStems.Count(other.NameStems.Contains));

    private static ReadOnlySpan<char> FirstPart(string name) => name.AsSpan(0, name.IndexOf('_') is >= 0 and var end ? end : name.Length);
}
