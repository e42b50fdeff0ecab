using ToolRM.Verification;
using ToolRM.Verification.Schemas;

namespace ToolRM.Prompts;

/// <summary>
/// The template of the embedded model: like <see cref="CompactTemplate"/> it puts each parameter's schema next to the value given,
/// and adds what the verifier knows of the value as control tokens: where in the conversation it comes from, between which words
/// it stands there, how it contradicts its type. What a candidate leaves unused of the request follows at its end.
/// </summary>
/// <remarks>
/// Prompt: the tools that fit the request best (name and short description), the newest messages, <c>&lt;|answer|&gt;</c>.
/// Candidate: text, calls (<see cref="AnnotatedCallWriter"/>) or <c>&lt;|nocall|&gt;</c>, the unused words, <c>&lt;|end|&gt;</c>. The limits on
/// lengths are part of the template.
/// </remarks>
/// <param name="cipher">Replaces the names of functions and parameters; <see langword="null"/> to leave them.</param>
internal sealed class AnnotatedTemplate(NameCipher? cipher = null) : PromptTemplate
{
    /// <summary>Most tools that are shown.</summary>
    public const int ToolLimit = 8;

    /// <summary>Characters of a tool's description in the list of tools.</summary>
    public const int CatalogLimit = 48;

    /// <summary>Characters of the conversation that are shown, the newest messages first.</summary>
    public const int ConversationLimit = 700;

    /// <summary>Characters of a candidate that is a text.</summary>
    public const int TextLimit = 160;

    /// <summary>Words of the request that no argument uses.</summary>
    public const int UnusedLimit = 8;

    public override string Name => "annotated";

    public override IReadOnlyList<string> RequiredTokens => ControlTokens;

    /// <summary>The control tokens, for the vocabulary of a new tokenizer.</summary>
    public static IReadOnlyList<string> ControlTokens { get; } =
    [
        "<|tool|>", "<|system|>", "<|user|>", "<|assistant|>", "<|result|>", "<|answer|>",
        "<|text|>", "<|nocall|>", "<|unused|>", "<|end|>", .. AnnotatedCallWriter.ControlTokens,
    ];

    public override void WritePrompt(RequestFacts request, PromptWriter writer)
    {
        writer = new SpacedPromptWriter(writer);
        foreach (FunctionFacts function in request.Relevance.Ranked.Take(ToolLimit))
        {
            writer.Control("<|tool|>");
            writer.Text(NameCipher.Apply(cipher, function.Name));
            if (!string.IsNullOrWhiteSpace(function.Tool.Description))
            {
                writer.Text(": ");
                writer.Text(ShortText.Cut(function.Tool.Description, CatalogLimit));
            }
        }

        foreach ((ChatRole role, string text) in Newest(request.Prompt.Messages))
        {
            writer.Control(TokenOf(role));
            writer.Text(text);
        }

        writer.Control("<|answer|>");
    }

    public override void WriteCandidate(CandidateFacts candidate, PromptWriter destination)
    {
        var writer = new MeasuredPromptWriter(new SpacedPromptWriter(destination));
        if (candidate.IsText)
        {
            writer.Control("<|text|>");
            writer.Text(ShortText.Cut(candidate.Candidate.Text!, TextLimit));
        }
        else if (candidate.Calls.Count == 0)
        {
            writer.Control("<|nocall|>");
        }

        var calls = new AnnotatedCallWriter(candidate.Request.Conversation, writer, cipher);
        foreach (CallFacts call in candidate.Calls)
        {
            calls.Write(call);
        }

        if (candidate.Calls.Count > 0)
        {
            string unused = string.Join(' ', UnusedWords.Of(candidate).Take(UnusedLimit));
            if (unused.Length > 0)
            {
                writer.Control("<|unused|>");
                writer.Text(unused);
            }
        }

        writer.Control("<|end|>");
    }

    /// <summary>The newest messages within <see cref="ConversationLimit"/>, in their order; the oldest of them may be cut at its end.</summary>
    private static List<(ChatRole Role, string Text)> Newest(IReadOnlyList<ChatMessage> messages)
    {
        const int LeastUseful = 24;
        int left = ConversationLimit;
        var newest = new List<(ChatRole, string)>();
        for (int i = messages.Count - 1; i >= 0 && left >= LeastUseful; i--)
        {
            string text = ShortText.Cut(messages[i].Content ?? "", left);
            newest.Add((messages[i].Role, text));
            left -= Math.Max(text.Length, 1);
        }

        newest.Reverse();
        return newest;
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
