using System.Text;
using System.Text.Json;

namespace ToolRM.ToolCalls.Parsing;

/// <summary>Reads chat messages and whole prompts in the OpenAI chat format.</summary>
internal static class MessageReader
{
    /// <summary>Reads <c>{"messages":[…],"tools":[…]}</c>.</summary>
    public static ToolPrompt ReadPrompt(JsonElement element, JsonPath path)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw path.Error("an object with 'messages' and 'tools'", element);
        }

        if (!element.TryGetProperty("messages", out JsonElement messages))
        {
            throw path.Missing("'messages'", element);
        }

        IReadOnlyList<ChatMessage> conversation = ReadAll(messages, path.Push("messages"));
        path.Pop();
        if (!element.TryGetProperty("tools", out JsonElement tools))
        {
            return new ToolPrompt(conversation, []);
        }

        IReadOnlyList<Tool> catalog = ToolReader.ReadAll(tools, path.Push("tools"));
        path.Pop();
        return new ToolPrompt(conversation, catalog);
    }

    /// <summary>Reads an array of at least one message.</summary>
    public static IReadOnlyList<ChatMessage> ReadAll(JsonElement array, JsonPath path)
    {
        if (array.ValueKind != JsonValueKind.Array || array.GetArrayLength() == 0)
        {
            throw path.Error("a non-empty array of messages", array);
        }

        var messages = new ChatMessage[array.GetArrayLength()];
        int index = 0;
        foreach (JsonElement item in array.EnumerateArray())
        {
            messages[index] = Read(item, path.Push(index));
            path.Pop();
            index++;
        }

        return messages;
    }

    /// <summary>Reads one message.</summary>
    public static ChatMessage Read(JsonElement element, JsonPath path)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw path.Error("a message object", element);
        }

        if (!element.TryGetProperty("role", out JsonElement role))
        {
            throw path.Missing("a message with 'role'", element);
        }

        ChatRole speaker = ReadRole(role, path.Push("role"));
        path.Pop();
        return new ChatMessage(speaker, ReadContent(element, path))
        {
            ToolCalls = ReadCalls(element, path),
            ToolCallId = OptionalString(element, "tool_call_id", path),
            Name = OptionalString(element, "name", path),
        };
    }

    /// <summary>The calls of an assistant message: <c>tool_calls</c>, or the legacy <c>function_call</c>.</summary>
    public static IReadOnlyList<ToolCall> ReadCalls(JsonElement message, JsonPath path)
    {
        IReadOnlyList<ToolCall> calls = [];
        if (message.TryGetProperty("tool_calls", out JsonElement many) && many.ValueKind != JsonValueKind.Null)
        {
            calls = CallReader.ReadAll(many, path.Push("tool_calls"));
            path.Pop();
        }
        else if (message.TryGetProperty("function_call", out JsonElement one) && one.ValueKind != JsonValueKind.Null)
        {
            calls = [CallReader.Read(one, path.Push("function_call"))];
            path.Pop();
        }

        return calls;
    }

    /// <summary>The text of a message: a string, <c>null</c>, or an array of text parts, joined; else its <c>refusal</c>.</summary>
    public static string? ReadContent(JsonElement message, JsonPath path)
    {
        if (!message.TryGetProperty("content", out JsonElement content) || content.ValueKind == JsonValueKind.Null)
        {
            return OptionalString(message, "refusal", path);
        }

        path.Push("content");
        string text = content.ValueKind switch
        {
            JsonValueKind.String => content.GetString()!,
            JsonValueKind.Array => ReadParts(content, path),
            _ => throw path.Error("a string, null or an array of text parts", content),
        };
        path.Pop();
        return text;
    }

    private static string ReadParts(JsonElement parts, JsonPath path)
    {
        var text = new StringBuilder();
        int index = 0;
        foreach (JsonElement part in parts.EnumerateArray())
        {
            path.Push(index++);
            if (part.ValueKind == JsonValueKind.String)
            {
                text.Append(part.GetString());
            }
            else if (part.ValueKind == JsonValueKind.Object && part.TryGetProperty("text", out JsonElement value))
            {
                text.Append(path.Push("text").String(value));
                path.Pop();
            }
            else
            {
                throw path.Error("a text part {\"type\":\"text\",\"text\":…} (other kinds of content cannot be scored)", part);
            }

            path.Pop();
        }

        return text.ToString();
    }

    private static ChatRole ReadRole(JsonElement element, JsonPath path) => path.String(element) switch
    {
        "system" or "developer" => ChatRole.System,
        "user" => ChatRole.User,
        "assistant" or "model" => ChatRole.Assistant,
        "tool" or "function" => ChatRole.Tool,
        _ => throw path.Error("'system', 'developer', 'user', 'assistant', 'model', 'tool' or 'function'", element),
    };

    private static string? OptionalString(JsonElement owner, string name, JsonPath path)
    {
        if (!owner.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        string text = path.Push(name).String(value);
        path.Pop();
        return text;
    }
}
