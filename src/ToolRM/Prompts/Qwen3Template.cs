using System.Text.Json;

namespace ToolRM.Prompts;

/// <summary>
/// The chat template of Qwen3 (the hybrid models, with <c>&lt;think&gt;</c>): no default system prompt; reasoning is kept
/// only after the last question of the user, and the answer itself always has a think block, if need be an empty one.
/// </summary>
internal sealed class Qwen3Template : QwenTemplate
{
    private const string ThinkStart = "<think>";
    private const string ThinkEnd = "</think>";

    public override string Name => "qwen3";

    protected override void WriteSystemTurn(string? system, IReadOnlyList<Tool> tools, PromptWriter writer)
    {
        if (tools.Count > 0)
        {
            WriteToolTurn(system is null ? "" : $"{system}\n\n", tools, writer);
        }
        else if (system is not null)
        {
            WriteTurn("system", system, writer);
        }
    }

    protected override void WriteAssistant(
        string content, IReadOnlyList<ToolCall> calls, bool isCandidate, bool answersQuestion, PromptWriter writer)
    {
        (string reasoning, string answer) = Split(content);
        writer.Text("assistant\n");
        if (answersQuestion && (isCandidate || reasoning.Length > 0))
        {
            writer.Control(ThinkStart);
            writer.Text("\n");
            writer.Text(reasoning.Trim('\n'));
            writer.Text("\n");
            writer.Control(ThinkEnd);
            writer.Text("\n\n");
            writer.Text(answer.TrimStart('\n'));
        }
        else
        {
            writer.Text(answer);
        }

        for (int i = 0; i < calls.Count; i++)
        {
            writer.Text(i > 0 || answer.Length > 0 ? "\n" : "");
            WriteCall(calls[i], writer);
        }
    }

    protected override void WriteArguments(ToolCall call, PromptWriter writer)
    {
        if (call.Arguments.ValueKind == JsonValueKind.String)
        {
            writer.Text(call.Arguments.GetString());
        }
        else
        {
            base.WriteArguments(call, writer);
        }
    }

    private static (string Reasoning, string Answer) Split(string content)
    {
        int first = content.IndexOf(ThinkEnd, StringComparison.Ordinal);
        if (first < 0)
        {
            return ("", content);
        }

        string before = content[..first].TrimEnd('\n');
        int start = before.LastIndexOf(ThinkStart, StringComparison.Ordinal);
        string reasoning = (start < 0 ? before : before[(start + ThinkStart.Length)..]).TrimStart('\n');
        int last = content.LastIndexOf(ThinkEnd, StringComparison.Ordinal);
        return (reasoning, content[(last + ThinkEnd.Length)..].TrimStart('\n'));
    }
}
