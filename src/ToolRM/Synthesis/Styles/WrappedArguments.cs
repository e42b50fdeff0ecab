using System.Text.Json;
using ToolRM.ToolCalls.Parsing;
using ToolRM.ToolCalls.Schemas;

namespace ToolRM.Synthesis.Styles;

/// <inheritdoc cref="CorruptionStyle.WrappedArguments"/>
internal sealed class WrappedArguments : Corruption
{
    public override CorruptionStyle Style => CorruptionStyle.WrappedArguments;

    public override bool Apply(Draft draft)
    {
        CallDraft call = draft.Dice.Pick(draft.Rejected);
        if (call.Arguments.Count == 0)
        {
            return false;
        }

        switch (draft.Dice.Weighted(30, 20, 25, 25))
        {
            case 0:
                Wrap(call, draft.Dice.OneOf("properties", "params", "parameters", "arguments"));
                return true;
            case 1:
                Wrap(call, "properties");
                call["type"] = Scalars.Of(draft.Dice.OneOf("object", "dict"));
                return true;
            case 2:
                return TryRename(draft, call);
            default:
                string name = draft.Dice.OneOf("query", "user_id", "note", "limit", "format", "verbose", "dontcare");
                if (draft.Find(call.Name)!.Find(name) is not null)
                {
                    return false;
                }

                string words = draft.Request[..Math.Min(20, draft.Request.Length)];
                call[name] = draft.Dice.OneOf(Scalars.Of("dontcare"), JsonValues.True, Scalars.Of(1), Scalars.Of(words));
                return true;
        }
    }

    private static void Wrap(CallDraft call, string name)
    {
        JsonElement arguments = JsonBuild.Object(call.Arguments);
        call.Clear();
        call[name] = arguments;
    }

    private static bool TryRename(Draft draft, CallDraft call)
    {
        string name = draft.Dice.Pick(call.Arguments).Key;
        string newName = draft.Dice.OneOf(
            name + "_name",
            name + "s",
            name.Contains('_') ? name[(name.LastIndexOf('_') + 1)..] : "the_" + name,
            "value",
            "query",
            name.Replace("_", "") + "1");
        if (newName.Length == 0 || draft.Find(call.Name)!.Find(newName) is not null)
        {
            return false;
        }

        call.Rename(name, newName);
        return true;
    }
}
