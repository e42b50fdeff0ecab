using System.Text.Json;
using ToolRM.Verification.Schemas;
using ToolRM.Verification.Text;

namespace ToolRM.Synthesis;

/// <summary>A pair in the making: a copy of a gold example that a corruption edits, with the dice and pools it may use.</summary>
internal sealed class Draft
{
    private readonly GoldExample _gold;
    private readonly Dictionary<string, FunctionFacts> _functions = new(StringComparer.Ordinal);

    private Draft(GoldExample gold, CorruptionPools pools, Dice dice)
    {
        _gold = gold;
        Pools = pools;
        Dice = dice;
        Messages = [.. gold.Prompt.Messages];
        Tools = [.. gold.Prompt.Tools];
        foreach (Tool tool in gold.Prompt.Tools)
        {
            _functions.TryAdd(tool.Name, FunctionFacts.Of(tool));
        }

        Functions = [.. _functions.Values];
        Chosen = [.. gold.Gold.Calls.Select(CallDraft.Of)];
        Slots = [.. FindSlots()];
    }

    public CorruptionPools Pools { get; }

    public Dice Dice { get; }

    /// <summary>The conversation, which corruptions may edit.</summary>
    public List<ChatMessage> Messages { get; }

    /// <summary>The tools, which corruptions may edit; of two of the same name the first counts.</summary>
    public List<Tool> Tools { get; }

    /// <summary>The right calls, at first at least one. Edited before <see cref="Rejected"/> is first asked for.</summary>
    public List<CallDraft> Chosen { get; }

    /// <summary>The calls to spoil: a copy of <see cref="Chosen"/>, made when it is first asked for.</summary>
    public List<CallDraft> Rejected => field ??= [.. Chosen.Select(call => call.Clone())];

    /// <summary>The functions of the tools before any edit.</summary>
    public IReadOnlyList<FunctionFacts> Functions { get; }

    /// <summary>The arguments of the right calls that the schemas know.</summary>
    public IReadOnlyList<ArgumentSlot> Slots { get; }

    /// <summary>The contents of all messages before any edit, joined by line breaks.</summary>
    public string Text => field ??= string.Join('\n', _gold.Prompt.Messages.Select(message => message.Content));

    /// <summary>What the conversation mentions before any edit.</summary>
    public Conversation Conversation => field ??= Conversation.Read(_gold.Prompt.Messages);

    /// <summary>The newest message of the user; empty if there is none.</summary>
    public string Request => LastTurn is >= 0 and var index ? Messages[index].Content ?? "" : "";

    private int LastTurn => Messages.FindLastIndex(message => message.Role == ChatRole.User);

    /// <summary>A draft of the example; <see langword="null"/> if it calls nothing, or its calls do not keep to their schemas.</summary>
    public static Draft? Create(GoldExample gold, CorruptionPools pools, Dice dice)
    {
        IReadOnlyList<ToolCall> calls = gold.Gold.Calls;
        return calls.Count > 0 && calls.All(call => call.Arguments.ValueKind == JsonValueKind.Object)
            && ToolCallValidator.Validate(calls, gold.Prompt.Tools).Count == 0
                ? new Draft(gold, pools, dice)
                : null;
    }

    /// <summary>A function by its name before any edit.</summary>
    public FunctionFacts? Find(string name) => _functions.GetValueOrDefault(name);

    /// <summary>One of the slots that fit; <see langword="null"/> if none does.</summary>
    public ArgumentSlot? PickSlot(Func<ArgumentSlot, bool> fits)
    {
        ArgumentSlot? picked = null;
        int count = 0;
        foreach (ArgumentSlot slot in Slots)
        {
            if (fits(slot) && Dice.Next(++count) == 0)
            {
                picked = slot;
            }
        }

        return picked;
    }

    /// <summary>Whether the conversation contains a text word for word, whatever its case.</summary>
    public bool Mentions(string text) => TextSearch.HasWord(Text, text);

    /// <summary>Replaces a part of <see cref="Request"/>.</summary>
    public void ReplaceInRequest(int start, int length, string replacement)
    {
        string request = Request;
        Messages[LastTurn] = Messages[LastTurn] with { Content = $"{request[..start]}{replacement}{request[(start + length)..]}" };
    }

    /// <summary>Changes the schema of a parameter.</summary>
    /// <returns>Whether the tool's schema has the parameter in a place where it can be changed.</returns>
    public bool TryEdit(ArgumentSlot slot, Func<JsonElement, JsonElement> edit)
    {
        int index = Tools.FindIndex(tool => tool.Name == slot.Function.Name);
        if (Tools[index].WithParameter(slot.Name, edit) is not { } edited)
        {
            return false;
        }

        Tools[index] = edited;
        return true;
    }

    /// <summary>Changes the description of a parameter.</summary>
    /// <inheritdoc cref="TryEdit"/>
    public bool TryDescribe(ArgumentSlot slot, string description) =>
        TryEdit(slot, schema => schema.With("description", Scalars.Of(description)));

    private IEnumerable<ArgumentSlot> FindSlots()
    {
        for (int i = 0; i < Chosen.Count; i++)
        {
            FunctionFacts function = _functions[Chosen[i].Name];
            foreach ((string name, JsonElement value) in Chosen[i].Arguments)
            {
                if (function.Find(name) is { } parameter)
                {
                    yield return new ArgumentSlot(i, function, parameter, value);
                }
            }
        }
    }
}
