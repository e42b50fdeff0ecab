using System.Text.Json;
using ToolRM.ToolCalls.Parsing;

namespace ToolRM.Data;

/// <summary>Reads preference pairs in the published layouts, recognised by the columns of each row.</summary>
internal static class PreferenceLayout
{
    public static PreferencePair Read(DatasetRow row)
    {
        if (row.Has("chosen_output") || row.Has("rejected_output"))
        {
            return ReadFcRewardBench(row);
        }

        if (row.Has("tool_calls_correct") || row.Has("tool_calls_incorrect"))
        {
            return ReadToolRMTrainData(row);
        }

        if (row.Has("chosen") || row.Has("rejected"))
        {
            return ConversationalLayout.Read(row);
        }

        throw row.Error(null, $"the row's columns are those of no known layout: it has {row.Columns}; expected 'chosen' and 'rejected' "
            + "(with 'prompt' or 'messages', and 'tools'), 'tool_calls_correct' and 'tool_calls_incorrect' (ToolRM-train-data), "
            + "or 'chosen_output' and 'rejected_output' (FC-RewardBench)");
    }

    /// <summary>A pair with the columns that all layouts share.</summary>
    public static PreferencePair Build(
        DatasetRow row, string id, ToolPrompt prompt, Candidate chosen, Candidate rejected, string? source) =>
        new(id, prompt, chosen, rejected) { ErrorType = row.ReadText("error_type"), Source = source, Margin = row.ReadNumber("margin") };

    /// <summary><c>ibm-research/ToolRM-train-data</c>: tools and calls are JSON in strings.</summary>
    private static PreferencePair ReadToolRMTrainData(DatasetRow row) => Build(
        row,
        row.ReadId("uuid", "id"),
        new ToolPrompt(row.ReadConversation("conversation"), row.Read("tools", ToolReader.ReadAll)),
        row.Read("tool_calls_correct", ReadGold),
        row.Read("tool_calls_incorrect", ReadOutput),
        row.ReadText("dataset_name"));

    /// <summary><c>ibm-research/fc-reward-bench</c>: as the other, with BFCL's type names and one-key calls.</summary>
    private static PreferencePair ReadFcRewardBench(DatasetRow row)
    {
        IReadOnlyList<Tool> tools = [.. row.Read("tools", ToolReader.ReadAll).Select(BfclSchema.Normalize)];
        return Build(
            row,
            row.ReadId("test_id", "id"),
            new ToolPrompt(row.ReadConversation("conversation"), tools),
            row.Read("chosen_output", ReadGold),
            row.Read("rejected_output", ReadOutput),
            row.ReadText("test_category"));
    }

    /// <summary>The right answer: calls or nothing. A text would be an answer in a notation that is not understood.</summary>
    private static Candidate ReadGold(JsonElement element, JsonPath path)
    {
        Candidate gold = ReadOutput(element, path);
        return gold.Text is null ? gold : throw path.Error("tool calls as JSON", element);
    }

    /// <summary>The output of a model: calls, or whatever text it is.</summary>
    private static Candidate ReadOutput(JsonElement element, JsonPath path) => element.ValueKind switch
    {
        JsonValueKind.String => CandidateReader.ReadOutput(element.GetString()!),
        JsonValueKind.Array or JsonValueKind.Object => CandidateReader.ReadOutput(element.GetRawText()),
        _ => throw path.Error("the output of a model, as text or JSON", element),
    };
}
