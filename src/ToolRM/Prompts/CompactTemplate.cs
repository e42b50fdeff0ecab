using System.Text.Json;
using ToolRM.ToolCalls.Writing;
using ToolRM.Verification;

namespace ToolRM.Prompts;

/// <summary>
/// The template of small models trained from scratch, with a short context. It puts what decides a candidate side by
/// side: each parameter's schema next to the value given, with violations of the schema already marked, so that a tiny
/// transformer needs to look beyond the candidate only for the words of the conversation.
/// </summary>
/// <remarks>
/// Prompt: <c>&lt;|tools|&gt;</c>, the tools (name and short description), the messages, <c>&lt;|answer|&gt;</c>. Candidate:
/// text, calls (<see cref="CompactCallWriter"/>) or <c>&lt;|nocall|&gt;</c>, then <c>&lt;|end|&gt;</c>. A space follows each
/// control token before a text (<see cref="SpacedPromptWriter"/>). The limits on the
/// length of descriptions are part of the template: changing one makes a different template, which needs another name.
/// They shorten what tools say about themselves, never the conversation or the values of a call.
/// </remarks>
internal sealed class CompactTemplate : PromptTemplate
{
    /// <summary>Characters of a tool's description in the catalog.</summary>
    public const int CatalogLimit = 48;

    /// <summary>The control tokens, for the vocabulary of a new tokenizer.</summary>
    public static IReadOnlyList<string> ControlTokens { get; } =
    [
        "<|tools|>", "<|tool|>", "<|system|>", "<|user|>", "<|assistant|>", "<|result|>", "<|answer|>",
        "<|call|>", "<|desc|>", "<|req|>", "<|opt|>", "<|enum|>", "<|value|>", "<|missing|>", "<|omitted|>",
        "<|unexpected|>", "<|unknown|>", "<|badtype|>", "<|badenum|>",
        "<|str|>", "<|num|>", "<|bool|>", "<|list|>", "<|obj|>", "<|null|>",
        "<|text|>", "<|nocall|>", "<|end|>",
    ];

    public override string Name => "compact";

    public override IReadOnlyList<string> RequiredTokens => ControlTokens;

    public override void WritePrompt(RequestFacts request, PromptWriter writer)
    {
        ToolPrompt prompt = request.Prompt;
        writer = new SpacedPromptWriter(writer);
        writer.Control("<|tools|>");
        foreach (Tool tool in prompt.Tools)
        {
            writer.Control("<|tool|>");
            writer.Text(tool.Name);
            if (!string.IsNullOrWhiteSpace(tool.Description))
            {
                writer.Text(": ");
                writer.Text(ShortText.Cut(tool.Description, CatalogLimit));
            }
        }

        foreach (ChatMessage message in prompt.Messages)
        {
            writer.Control(TokenOf(message.Role));
            writer.Text(message.Content);
            foreach (ToolCall call in message.ToolCalls)
            {
                writer.Control("<|call|>");
                writer.Text(call.Name);
                WriteValue(call.Arguments, writer);
            }
        }

        writer.Control("<|answer|>");
    }

    public override void WriteCandidate(CandidateFacts candidate, PromptWriter writer)
    {
        Candidate answer = candidate.Candidate;
        writer = new SpacedPromptWriter(writer);
        if (answer.Text is not null)
        {
            writer.Control("<|text|>");
            writer.Text(answer.Text);
        }
        else if (answer.Calls.Count == 0)
        {
            writer.Control("<|nocall|>");
        }

        var calls = new CompactCallWriter(candidate.Request.Prompt.Tools, writer);
        foreach (ToolCall call in answer.Calls)
        {
            calls.Write(call);
        }

        writer.Control("<|end|>");
    }

    /// <summary>Writes a value after the control token of its JSON type: strings without quotes, all else as compact JSON.</summary>
    public static void WriteValue(JsonElement value, PromptWriter writer)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                writer.Control("<|str|>");
                writer.Text(value.GetString());
                break;
            case JsonValueKind.Null:
                writer.Control("<|null|>");
                break;
            default:
                writer.Control(value.ValueKind switch
                {
                    JsonValueKind.Number => "<|num|>",
                    JsonValueKind.Array => "<|list|>",
                    JsonValueKind.Object => "<|obj|>",
                    _ => "<|bool|>",
                });
                JsonText.Write(value, JsonTextStyle.Compact, writer);
                break;
        }
    }

    private static string TokenOf(ChatRole role) => role switch
    {
        ChatRole.System => "<|system|>",
        ChatRole.User => "<|user|>",
        ChatRole.Assistant => "<|assistant|>",
        ChatRole.Tool => "<|result|>",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Expected one of the four roles."),
    };
}
