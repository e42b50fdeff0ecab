using System.Text.Json;
using ToolRM.ToolCalls.Schemas;
using ToolRM.Verification;
using ToolRM.Verification.Grounding;
using ToolRM.Verification.Schemas;
using ToolRM.Verification.Text;

namespace ToolRM.Prompts;

/// <summary>
/// Writes the calls of a candidate for <see cref="AnnotatedTemplate"/>: name and description, each parameter of the schema in its
/// order with its value and annotations, then arguments that the schema does not have.
/// </summary>
/// <remarks>
/// A parameter is <c>&lt;|req|&gt;</c> or <c>&lt;|opt|&gt;</c> "name type: description", its <c>&lt;|enum|&gt;</c> and <c>&lt;|default|&gt;</c>, then
/// <c>&lt;|value|&gt;</c> with the value, the token of its <see cref="GroundingClass"/> (<c>&lt;|some_grounded|&gt;</c> or
/// <c>&lt;|some_ungrounded|&gt;</c> for lists of several), its <see cref="TypeViolation"/>, <c>&lt;|badenum|&gt;</c>, <c>&lt;|isdefault|&gt;</c>,
/// <c>&lt;|named|&gt;</c> (the conversation names the parameter) and <c>&lt;|near|&gt;</c>, the words around it in the conversation.
/// A parameter left out is <c>&lt;|missing|&gt;</c> or <c>&lt;|omitted|&gt;</c>, name and the beginning of its description. Later calls of
/// the same function have names, values and annotations only. Nothing is begun after <see cref="LengthLimit"/>: of a candidate that
/// goes on and on the beginning is enough, and no candidate is too long for a model.
/// </remarks>
internal sealed class AnnotatedCallWriter(Conversation conversation, MeasuredPromptWriter writer, NameCipher? cipher)
{
    /// <summary>Length (<see cref="MeasuredPromptWriter"/>) after which no call and no parameter is begun.</summary>
    public const int LengthLimit = 3_000;

    /// <summary>Characters of a name.</summary>
    public const int NameLimit = 80;

    /// <summary>Characters of the description of a called function.</summary>
    public const int FunctionLimit = 80;

    /// <summary>Characters of the description of a parameter with a value.</summary>
    public const int ParameterLimit = 90;

    /// <summary>Characters of the description of a parameter that is left out.</summary>
    public const int OmittedLimit = 28;

    /// <summary>Characters of the list of allowed values.</summary>
    public const int EnumLimit = 60;

    /// <summary>Characters of a default.</summary>
    public const int DefaultLimit = 16;

    /// <summary>Characters of a value.</summary>
    public const int ValueLimit = 80;

    /// <summary>Parameters of a function that are left out and shown.</summary>
    public const int OmittedCount = 10;

    private const int WordsBefore = 3;
    private const int WordsAfter = 2;
    private readonly HashSet<string> _described = [];

    private static readonly string[] _groundings = [.. Enum.GetNames<GroundingClass>().Select(name => $"<|g_{Snake(name)}|>")];
    private static readonly string[] _violations = [.. Enum.GetNames<TypeViolation>().Select(name => $"<|x_{Snake(name)}|>")];

    /// <summary>The control tokens.</summary>
    public static IReadOnlyList<string> ControlTokens { get; } =
    [
        "<|call|>", "<|desc|>", "<|req|>", "<|opt|>", "<|enum|>", "<|default|>", "<|value|>", "<|missing|>", "<|omitted|>",
        "<|unexpected|>", "<|unknown|>", "<|str|>", "<|num|>", "<|true|>", "<|false|>", "<|list|>", "<|obj|>", "<|null|>",
        "<|badenum|>", "<|isdefault|>", "<|named|>", "<|near|>", "<|some_grounded|>", "<|some_ungrounded|>", .. _groundings, .. _violations,
    ];

    private bool IsFull => writer.Length > LengthLimit;

    public void Write(CallFacts call)
    {
        if (IsFull)
        {
            return;
        }

        if (call.Function is not { } function)
        {
            writer.Control("<|unknown|>");
            writer.Text(ShortText.Cut(call.Call.Name, NameLimit));
            WriteValue(call.Call.Arguments);
            return;
        }

        bool isFirst = _described.Add(function.Name);
        writer.Control("<|call|>");
        writer.Text(NameCipher.Apply(cipher, function.Name));
        if (isFirst && !string.IsNullOrWhiteSpace(function.Tool.Description))
        {
            writer.Control("<|desc|>");
            writer.Text(ShortText.Cut(function.Tool.Description, FunctionLimit));
        }

        foreach (ParameterFacts parameter in function.Parameters)
        {
            if (!IsFull && call.Find(parameter.Name) is { } argument)
            {
                WriteArgument(argument, parameter, isFirst);
            }
        }

        WriteOmitted(call, isFirst);
        foreach (ArgumentFacts argument in call.Arguments.Where(argument => argument.Parameter is null).TakeWhile(_ => !IsFull))
        {
            writer.Control("<|unexpected|>");
            writer.Text(ShortText.Cut(argument.Name, NameLimit));
            WriteAnnotated(argument);
        }
    }

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private void WriteArgument(ArgumentFacts argument, ParameterFacts parameter, bool isFirst)
    {
        writer.Control(parameter.IsRequired ? "<|req|>" : "<|opt|>");
        writer.Text(NameCipher.Apply(cipher, parameter.Name));
        if (isFirst)
        {
            writer.Text(" ");
            writer.Text(parameter.Types.InWords());
            WriteDescription(parameter, ParameterLimit);
            if (parameter.Enum is { } allowed)
            {
                writer.Control("<|enum|>");
                writer.Text(ShortText.Cut(string.Join(", ", allowed.Take(EnumLimit)), EnumLimit));
            }

            if (parameter.Default.ValueKind != JsonValueKind.Undefined)
            {
                writer.Control("<|default|>");
                writer.Text(ShortText.Cut(parameter.Default.ToString(), DefaultLimit));
            }
        }

        WriteAnnotated(argument);
    }

    private void WriteOmitted(CallFacts call, bool isFirst)
    {
        int shown = 0;
        foreach (ParameterFacts parameter in call.Omitted.TakeWhile(_ => !IsFull))
        {
            if (!parameter.IsRequired && (!isFirst || shown++ >= OmittedCount))
            {
                continue;
            }

            writer.Control(parameter.IsRequired ? "<|missing|>" : "<|omitted|>");
            writer.Text(NameCipher.Apply(cipher, parameter.Name));
            WriteDescription(parameter, OmittedLimit);
            if (ValueGrounding.NameCue(parameter, conversation) >= 0.5)
            {
                writer.Control("<|named|>");
            }
        }
    }

    private void WriteDescription(ParameterFacts parameter, int limit)
    {
        string description = ShortText.Cut(parameter.Description, limit);
        if (description.Length > 0)
        {
            writer.Text(": ");
            writer.Text(description);
        }
    }

    private void WriteAnnotated(ArgumentFacts argument)
    {
        writer.Control("<|value|>");
        WriteValue(argument.Value);
        GroundingClass first = argument.Leaves[0].Grounding;
        writer.Control(
            argument.Leaves.All(leaf => leaf.Grounding == first) ? _groundings[(int)first]
            : argument.Leaves.All(leaf => leaf.Grounding.IsGrounded()) ? "<|some_grounded|>"
            : "<|some_ungrounded|>");
        if (argument.Violation != TypeViolation.None)
        {
            writer.Control(_violations[(int)argument.Violation]);
        }

        foreach ((bool applies, string token) in (ReadOnlySpan<(bool, string)>)
            [(argument.ViolatesEnum, "<|badenum|>"), (argument.IsDefault, "<|isdefault|>"), (argument.NameCue >= 0.5, "<|named|>")])
        {
            if (applies)
            {
                writer.Control(token);
            }
        }

        WriteSurroundings(argument);
    }

    /// <summary>The words around the last place in the conversation where the value stands.</summary>
    private void WriteSurroundings(ArgumentFacts argument)
    {
        JsonElement leaf = argument.Leaves[0].Value;
        if (leaf.ValueKind is not (JsonValueKind.String or JsonValueKind.Number)
            || conversation.Locate(leaf.ToString()) is not { Count: > 0 } places)
        {
            return;
        }

        (int start, int end) = places[^1];
        if (end - start + 1 != Words.Scan(leaf.ToString()).Count)
        {
            return;
        }

        writer.Control("<|near|>");
        for (int i = Math.Max(0, start - WordsBefore); i < Math.Min(conversation.Words.Count, end + 1 + WordsAfter); i++)
        {
            if (i < start || i > end)
            {
                writer.Text(conversation.Words[i].Text);
                writer.Text(" ");
            }
            else if (i == start)
            {
                writer.Text("_ ");
            }
        }
    }

    /// <summary>Writes a value after the control token of its JSON type: strings without quotes, all else as compact JSON.</summary>
    private void WriteValue(JsonElement value)
    {
        (string token, string text) = value.ValueKind switch
        {
            JsonValueKind.String => ("<|str|>", value.GetString()!),
            JsonValueKind.Number => ("<|num|>", value.GetRawText()),
            JsonValueKind.True => ("<|true|>", ""),
            JsonValueKind.False => ("<|false|>", ""),
            JsonValueKind.Null => ("<|null|>", ""),
            JsonValueKind.Array => ("<|list|>", value.GetRawText()),
            _ => ("<|obj|>", value.GetRawText()),
        };
        writer.Control(token);
        writer.Text(ShortText.Cut(text, ValueLimit));
    }
}
