using System.Text.Json;
using ToolRM.ToolCalls.Parsing;

namespace ToolRM.Data;

/// <summary>
/// Reads <c>{"prompt" or "messages", "tools", "chosen", "rejected"}</c>: TRL's conversational preference format, with an
/// explicit prompt or with whole conversations on both sides, and the plain one with calls, messages or texts.
/// </summary>
internal static class ConversationalLayout
{
    public static PreferencePair Read(DatasetRow row)
    {
        JsonElement chosen = row.Get("chosen"), rejected = row.Get("rejected");
        int shared = 0;
        List<ChatMessage> messages = [.. ReadPrompt(row)];
        if (IsConversation(chosen) && IsConversation(rejected))
        {
            shared = CommonPrefix(chosen, rejected);
            messages.AddRange(row.Read("chosen", (element, path) => ReadPrefix(element, shared, path)));
        }

        if (messages.Count == 0)
        {
            throw row.Error(
                null,
                $"expected a prompt: 'prompt' or 'messages', or a common beginning of 'chosen' and 'rejected'; the row has {row.Columns}");
        }

        return PreferenceLayout.Build(
            row,
            row.ReadId("id", "uuid"),
            new ToolPrompt(messages, row.ReadTools()),
            row.Read("chosen", (element, path) => ReadSide(element, shared, path)),
            row.Read("rejected", (element, path) => ReadSide(element, shared, path)),
            row.ReadText("source"));
    }

    private static IReadOnlyList<ChatMessage> ReadPrompt(DatasetRow row) =>
        row.Has("prompt") ? row.ReadConversation("prompt") : row.Has("messages") ? row.ReadConversation("messages") : [];

    private static bool IsConversation(JsonElement side) =>
        side.ValueKind == JsonValueKind.Array && side.GetArrayLength() > 0
        && side[0].ValueKind == JsonValueKind.Object && side[0].TryGetProperty("role", out _);

    /// <summary>Number of messages that both sides begin with, leaving each at least its last.</summary>
    private static int CommonPrefix(JsonElement chosen, JsonElement rejected)
    {
        int limit = Math.Min(chosen.GetArrayLength(), rejected.GetArrayLength()) - 1;
        return chosen.EnumerateArray().Zip(rejected.EnumerateArray()).Take(limit)
            .TakeWhile(pair => JsonElement.DeepEquals(pair.First, pair.Second)).Count();
    }

    private static List<ChatMessage> ReadPrefix(JsonElement side, int count, JsonPath path)
    {
        var messages = new List<ChatMessage>(count);
        foreach (JsonElement message in side.EnumerateArray().Take(count))
        {
            messages.Add(MessageReader.Read(message, path.Push(messages.Count)));
            path.Pop();
        }

        return messages;
    }

    private static Candidate ReadSide(JsonElement side, int shared, JsonPath path)
    {
        if (side.ValueKind == JsonValueKind.String)
        {
            return CandidateReader.ReadOutput(side.GetString()!);
        }

        if (!IsConversation(side))
        {
            return CandidateReader.Read(side, path);
        }

        int rest = side.GetArrayLength() - shared;
        return rest == 1
            ? CandidateReader.Read(side[shared], path.Push(shared))
            : throw path.Error($"expected the sides to differ in one last assistant message, found {rest} messages after what they share");
    }
}
