using System.Text.Json;

namespace ToolRM.ToolCalls.Parsing;

/// <summary>Reads candidates: assistant messages, arrays of calls, single calls, <c>{"calls","text"}</c>, or plain text.</summary>
internal static class CandidateReader
{
    /// <summary>Reads any of the shapes; a JSON string is a plain text.</summary>
    public static Candidate Read(JsonElement element, JsonPath path) => element.ValueKind switch
    {
        JsonValueKind.String => FromText(element.GetString()),
        JsonValueKind.Array => ReadArray(element, path),
        JsonValueKind.Object => ReadObject(element, path),
        _ => throw path.Error("an assistant message, an array of tool calls, [] or a text", element),
    };

    /// <summary>
    /// Reads the output of a model that was stored as text: the calls, if it is JSON of one of the shapes; otherwise
    /// the text itself.
    /// </summary>
    public static Candidate ReadOutput(string text)
    {
        if (JsonInput.TryParse(text, out JsonElement element) && element.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
        {
            try
            {
                return Read(element, new JsonPath());
            }
            catch (ToolFormatException)
            {
                // Valid JSON, but no tool call: a malformed output, which is judged as the text it is.
                return FromText(text);
            }
        }

        return FromText(text);
    }

    /// <summary>A candidate without calls; blank text says nothing, which is the no-call answer.</summary>
    public static Candidate FromText(string? text) => string.IsNullOrWhiteSpace(text) ? Candidate.NoCall : Candidate.FromText(text);

    private static Candidate ReadArray(JsonElement array, JsonPath path)
    {
        if (array.GetArrayLength() == 0)
        {
            return Candidate.NoCall;
        }

        JsonElement first = array[0];
        if (first.ValueKind != JsonValueKind.Object || !first.TryGetProperty("role", out _) || CallReader.LooksLikeCall(first))
        {
            return Candidate.FromCalls(CallReader.ReadAll(array, path));
        }

        if (array.GetArrayLength() > 1)
        {
            throw path.Error("a single assistant message", array);
        }

        Candidate candidate = ReadMessage(first, path.Push(0));
        path.Pop();
        return candidate;
    }

    private static Candidate ReadObject(JsonElement element, JsonPath path)
    {
        if (element.TryGetProperty("role", out _) || element.Has("tool_calls", JsonValueKind.Array)
            || element.Has("content", JsonValueKind.String) || element.Has("function_call", JsonValueKind.Object))
        {
            return ReadMessage(element, path);
        }

        bool hasText = element.Has("text", JsonValueKind.String);
        if (element.Has("calls", JsonValueKind.Array))
        {
            IReadOnlyList<ToolCall> all = CallReader.ReadAll(element.GetProperty("calls"), path.Push("calls"));
            path.Pop();
            return Build(all, hasText ? element.GetProperty("text").GetString() : null);
        }

        return hasText && !CallReader.LooksLikeCall(element)
            ? FromText(element.GetProperty("text").GetString())
            : Candidate.FromCalls(CallReader.Read(element, path));
    }

    private static Candidate ReadMessage(JsonElement message, JsonPath path)
    {
        if (message.TryGetProperty("role", out JsonElement role)
            && (role.ValueKind != JsonValueKind.String || role.GetString() is not ("assistant" or "model")))
        {
            throw path.Push("role").Error("'assistant' (a candidate is what the assistant answers)", role);
        }

        return Build(MessageReader.ReadCalls(message, path), MessageReader.ReadContent(message, path));
    }

    private static Candidate Build(IReadOnlyList<ToolCall> calls, string? text) =>
        calls.Count == 0 ? FromText(text) : new Candidate { Calls = calls, Text = string.IsNullOrWhiteSpace(text) ? null : text };
}
