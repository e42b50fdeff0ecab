using System.Text.Json;
using ToolRM.ToolCalls.Parsing;

namespace ToolRM.Data;

/// <summary>
/// Reads rows to score: <c>{"messages" or "prompt", "tools", …}</c> with <c>"calls"</c>, <c>"text"</c> or both for one
/// candidate, or with <c>"candidates"</c> for many, each in any shape that <see cref="Candidate.FromJson(string)"/> reads.
/// </summary>
internal static class ScoringDataset
{
    /// <summary>Reads files one after the other; <c>-</c> is standard input.</summary>
    public static IAsyncEnumerable<ScoringRow> ReadAsync(
        IReadOnlyList<string> paths, DatasetOptions? options = null, CancellationToken cancellationToken = default) =>
        DatasetReader<ScoringRow>.ReadAsync(paths, options ?? new DatasetOptions(), Read, cancellationToken);

    /// <summary>Reads a stream, which stays open.</summary>
    public static IAsyncEnumerable<ScoringRow> ReadAsync(
        Stream stream, string name, DatasetOptions? options = null, CancellationToken cancellationToken = default) =>
        DatasetReader<ScoringRow>.ReadAsync(stream, name, options ?? new DatasetOptions(), Read, cancellationToken);

    /// <summary>Reads one row.</summary>
    /// <exception cref="DatasetException">It is none of these.</exception>
    public static ScoringRow Read(DatasetRow row)
    {
        var prompt = new ToolPrompt(row.ReadConversation(row.Has("messages") ? "messages" : "prompt"), row.ReadTools());
        string id = row.ReadId("id", "uuid");
        return row.Has("candidates")
            ? new ScoringRow(id, new RewardRequest(prompt, row.Read("candidates", ReadCandidates)), IsList: true)
            : new ScoringRow(id, new RewardRequest(prompt, [ReadCandidate(row)]), IsList: false);
    }

    private static Candidate ReadCandidate(DatasetRow row)
    {
        if (!row.Has("calls") && !row.Has("text"))
        {
            throw row.Error(null, $"expected 'calls', 'text' or 'candidates', found only {row.Columns}");
        }

        IReadOnlyList<ToolCall> calls = row.Has("calls") ? row.Read("calls", ReadCalls) : [];
        string? text = row.ReadText("text");
        return calls.Count == 0 ? CandidateReader.FromText(text) : new Candidate { Calls = calls, Text = text };
    }

    private static IReadOnlyList<ToolCall> ReadCalls(JsonElement element, JsonPath path) => element.ValueKind switch
    {
        JsonValueKind.Null => [],
        JsonValueKind.String => CallReader.ReadAll(JsonInput.Parse(element.GetString()!, path), path),
        _ => CallReader.ReadAll(element, path),
    };

    private static Candidate[] ReadCandidates(JsonElement element, JsonPath path)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() == 0)
        {
            throw path.Error("a non-empty array of candidates", element);
        }

        var candidates = new Candidate[element.GetArrayLength()];
        int index = 0;
        foreach (JsonElement item in element.EnumerateArray())
        {
            candidates[index] = CandidateReader.Read(item, path.Push(index));
            path.Pop();
            index++;
        }

        return candidates;
    }
}
