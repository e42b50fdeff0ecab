using ToolRM.Verification.Text;

namespace ToolRM.Synthesis.Styles;

/// <inheritdoc cref="CorruptionStyle.OppositeFunction"/>
internal sealed class OppositeFunction : Corruption
{
    /// <summary>Verbs in names of functions, each line with what else is done to the same things.</summary>
    private static readonly string[][] _verbs =
    [
        ["get", "delete", "update", "create", "set"], ["retrieve", "delete", "update", "store"], ["find", "book", "add", "remove"],
        ["search", "reserve", "delete", "create"], ["fetch", "upload", "delete"], ["list", "create", "clear"], ["check", "update", "reset"],
        ["create", "delete", "get"], ["add", "remove", "get"], ["remove", "add", "get"], ["delete", "create", "get"],
        ["update", "get", "delete"],
        ["set", "get", "reset"], ["buy", "sell", "find", "return"], ["sell", "buy"], ["book", "cancel", "search"], ["reserve", "cancel", "find"],
        ["cancel", "book", "get"], ["schedule", "cancel", "list"], ["start", "stop"], ["stop", "start"], ["open", "close"], ["close", "open"],
        ["send", "receive", "schedule", "delete"], ["enable", "disable"], ["disable", "enable"], ["lock", "unlock"], ["unlock", "lock"],
        ["play", "pause", "download"], ["convert", "compare"], ["calculate", "compare", "plot"], ["increase", "decrease"], ["decrease", "increase"],
        ["rent", "return", "find"], ["request", "cancel"], ["make", "cancel"], ["transfer", "request"], ["share", "delete"], ["rate", "find"],
    ];

    private static readonly Dictionary<string, string[]> _others =
        _verbs.ToDictionary(verbs => verbs[0], verbs => verbs[1..], StringComparer.Ordinal);

    public override CorruptionStyle Style => CorruptionStyle.OppositeFunction;

    public override bool AllowsNeutralDefaults => true;

    public override bool Apply(Draft draft)
    {
        int index = draft.Dice.Next(draft.Chosen.Count);
        Tool tool = draft.Find(draft.Chosen[index].Name)!.Tool;
        Word verb = Words.ScanIdentifier(tool.Name).Find(word => _others.ContainsKey(word.Text));
        if (verb.Text is null)
        {
            return false;
        }

        string other = draft.Dice.OneOf<string>(_others[verb.Text]);
        bool isCapital = char.IsUpper(tool.Name[verb.Start]);
        string name = tool.Name[..verb.Start] + (isCapital ? Descriptions.Capitalise(other) : other) + tool.Name[(verb.Start + verb.Length)..];
        if (draft.Find(name) is not null)
        {
            return false;
        }

        // Somewhere among the tools: where it stands must not tell that it is wrong.
        draft.Tools.Insert(draft.Dice.Next(draft.Tools.Count + 1), tool with { Name = name, Description = Describe(tool.Description, other) });
        draft.Rejected[index].Name = name;
        return true;
    }

    /// <summary>The description with another first word, which is its verb.</summary>
    private static string? Describe(string? description, string verb)
    {
        int end = description?.IndexOf(' ') ?? -1;
        return end < 0 ? description : Descriptions.Capitalise(verb) + description![end..];
    }
}
