using System.Text.Json;
using ToolRM.ToolCalls.Writing;
using ToolRM.Verification;

namespace ToolRM.Prompts;

/// <summary>
/// What the chat templates of the Qwen2.5 and Qwen3 families share: ChatML turns, tools in the system turn, tool results
/// in a user turn, calls between tags. The text is that of the Hugging Face template without a generation prompt.
/// </summary>
/// <remarks>
/// The prompt ends after the control token that opens the assistant's turn; the candidate is the rest of that turn.
/// Tools are always rendered in their <c>{"type":"function","function":{…}}</c> form.
/// </remarks>
internal abstract class QwenTemplate : PromptTemplate
{
    protected const string TurnStart = "<|im_start|>";
    protected const string TurnEnd = "<|im_end|>";
    private const string CallStart = "<tool_call>";
    private const string CallEnd = "</tool_call>";
    private const string ResultStart = "<tool_response>";
    private const string ResultEnd = "</tool_response>";

    public override IReadOnlyList<string> RequiredTokens { get; } = [TurnStart, TurnEnd];

    public override void WritePrompt(RequestFacts request, PromptWriter writer)
    {
        IReadOnlyList<ChatMessage> messages = request.Prompt.Messages;
        string? system = messages.Count > 0 && messages[0].Role == ChatRole.System ? messages[0].Content ?? "" : null;
        int question = LastQuestion(messages);
        WriteSystemTurn(system, request.Prompt.Tools, writer);
        for (int i = system is null ? 0 : 1; i < messages.Count; i++)
        {
            ChatMessage message = messages[i];
            switch (message.Role)
            {
                case ChatRole.Assistant:
                    writer.Control(TurnStart);
                    WriteAssistant(message.Content ?? "", message.ToolCalls, isCandidate: false, answersQuestion: i > question, writer);
                    EndTurn(writer);
                    break;
                case ChatRole.Tool:
                    bool isFirst = i == 0 || messages[i - 1].Role != ChatRole.Tool;
                    bool isLast = i == messages.Count - 1 || messages[i + 1].Role != ChatRole.Tool;
                    WriteToolResult(message.Content, isFirst, isLast, writer);
                    break;
                default:
                    WriteTurn(ChatJsonWriter.NameOf(message.Role), message.Content, writer);
                    break;
            }
        }

        writer.Control(TurnStart);
    }

    public override void WriteCandidate(CandidateFacts candidate, PromptWriter writer)
    {
        IReadOnlyList<ChatMessage> messages = candidate.Request.Prompt.Messages;
        bool answersQuestion = LastQuestion(messages) < messages.Count;
        WriteAssistant(candidate.Candidate.Text ?? "", candidate.Candidate.Calls, isCandidate: true, answersQuestion, writer);
        EndTurn(writer);
    }

    /// <summary>Writes the system turn, if there is one.</summary>
    /// <param name="system">The content of the first message, if that is a system message.</param>
    /// <param name="tools">The catalog.</param>
    /// <param name="writer">Receives the text.</param>
    protected abstract void WriteSystemTurn(string? system, IReadOnlyList<Tool> tools, PromptWriter writer);

    /// <summary>Writes an assistant turn between its opening and closing control tokens.</summary>
    /// <param name="content">The text; empty if there is none.</param>
    /// <param name="calls">The calls.</param>
    /// <param name="isCandidate">Whether this is the answer to score, the last turn of all.</param>
    /// <param name="answersQuestion">Whether it comes after the last question of the user.</param>
    /// <param name="writer">Receives the text.</param>
    protected abstract void WriteAssistant(
        string content, IReadOnlyList<ToolCall> calls, bool isCandidate, bool answersQuestion, PromptWriter writer);

    /// <summary>Writes the arguments of a call.</summary>
    protected virtual void WriteArguments(ToolCall call, PromptWriter writer) => JsonText.Write(call.Arguments, JsonTextStyle.Python, writer);

    protected void WriteCall(ToolCall call, PromptWriter writer)
    {
        writer.Control(CallStart);
        writer.Text("\n{\"name\": \"");
        writer.Text(call.Name);
        writer.Text("\", \"arguments\": ");
        WriteArguments(call, writer);
        writer.Text("}\n");
        writer.Control(CallEnd);
    }

    protected static void WriteTurn(string role, string? content, PromptWriter writer)
    {
        writer.Control(TurnStart);
        writer.Text(role);
        writer.Text("\n");
        writer.Text(content);
        EndTurn(writer);
    }

    protected static void EndTurn(PromptWriter writer)
    {
        writer.Control(TurnEnd);
        writer.Text("\n");
    }

    /// <summary>Writes the system turn that presents the tools, after the given beginning.</summary>
    protected static void WriteToolTurn(string beginning, IReadOnlyList<Tool> tools, PromptWriter writer)
    {
        writer.Control(TurnStart);
        writer.Text("system\n");
        writer.Text(beginning);
        writer.Text("# Tools\n\nYou may call one or more functions to assist with the user query.\n\n"
            + "You are provided with function signatures within <tools></tools> XML tags:\n<tools>");
        foreach (Tool tool in tools)
        {
            writer.Text("\n");
            WriteTool(tool, writer);
        }

        writer.Text("\n</tools>\n\nFor each function call, return a json object with function name and arguments within ");
        writer.Control(CallStart);
        writer.Control(CallEnd);
        writer.Text(" XML tags:\n");
        writer.Control(CallStart);
        writer.Text("\n{\"name\": <function-name>, \"arguments\": <args-json-object>}\n");
        writer.Control(CallEnd);
        EndTurn(writer);
    }

    /// <summary>
    /// Index of the last user message that is not a tool result in disguise. Without one the templates take the last
    /// message of all, which is the candidate.
    /// </summary>
    private static int LastQuestion(IReadOnlyList<ChatMessage> messages)
    {
        for (int i = messages.Count - 1; i >= 0; i--)
        {
            string content = messages[i].Content ?? "";
            bool isResult = content.StartsWith(ResultStart, StringComparison.Ordinal)
                && content.EndsWith(ResultEnd, StringComparison.Ordinal);
            if (messages[i].Role == ChatRole.User && !isResult)
            {
                return i;
            }
        }

        return messages.Count;
    }

    private static void WriteTool(Tool tool, PromptWriter writer)
    {
        writer.Text("{\"type\": \"function\", \"function\": {\"name\": ");
        JsonText.WriteString(tool.Name, JsonTextStyle.Python, writer);
        if (tool.Description is not null)
        {
            writer.Text(", \"description\": ");
            JsonText.WriteString(tool.Description, JsonTextStyle.Python, writer);
        }

        if (tool.Parameters.ValueKind != JsonValueKind.Undefined)
        {
            writer.Text(", \"parameters\": ");
            JsonText.Write(tool.Parameters, JsonTextStyle.Python, writer);
        }

        writer.Text("}}");
    }

    private static void WriteToolResult(string? content, bool isFirst, bool isLast, PromptWriter writer)
    {
        if (isFirst)
        {
            writer.Control(TurnStart);
            writer.Text("user");
        }

        writer.Text("\n");
        writer.Control(ResultStart);
        writer.Text("\n");
        writer.Text(content);
        writer.Text("\n");
        writer.Control(ResultEnd);
        if (isLast)
        {
            EndTurn(writer);
        }
    }
}
