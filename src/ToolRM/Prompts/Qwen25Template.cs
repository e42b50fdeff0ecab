namespace ToolRM.Prompts;

/// <summary>The chat template of Qwen2.5-Instruct (<c>tokenizer_config.json</c> of the 0.5B to 72B models).</summary>
internal sealed class Qwen25Template : QwenTemplate
{
    private const string DefaultSystem = "You are Qwen, created by Alibaba Cloud. You are a helpful assistant.";

    public override string Name => "qwen2.5";

    protected override void WriteSystemTurn(string? system, IReadOnlyList<Tool> tools, PromptWriter writer)
    {
        if (tools.Count > 0)
        {
            WriteToolTurn($"{system ?? DefaultSystem}\n\n", tools, writer);
        }
        else
        {
            WriteTurn("system", system ?? DefaultSystem, writer);
        }
    }

    protected override void WriteAssistant(
        string content, IReadOnlyList<ToolCall> calls, bool isCandidate, bool answersQuestion, PromptWriter writer)
    {
        writer.Text("assistant");
        if (calls.Count == 0 || content.Length > 0)
        {
            writer.Text("\n");
            writer.Text(content);
        }

        foreach (ToolCall call in calls)
        {
            writer.Text("\n");
            WriteCall(call, writer);
        }
    }
}
