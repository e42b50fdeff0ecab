using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ToolRM.ToolCalls.Writing;

/// <summary>Writes conversations, tools and calls in the OpenAI chat format, with arguments as JSON in a string.</summary>
internal static class ChatJsonWriter
{
    // The output is a file or an API payload, not HTML: text in any script stays readable.
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string ToJson<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, _options))
        {
            write(writer, value);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void Write(Utf8JsonWriter writer, ToolPrompt prompt)
    {
        writer.WriteStartObject();
        WriteArray(writer, "messages", prompt.Messages, Write);
        WriteArray(writer, "tools", prompt.Tools, Write);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, ChatMessage message)
    {
        writer.WriteStartObject();
        writer.WriteString("role", NameOf(message.Role));
        writer.WriteString("content", message.Content);
        WriteOptional(writer, "name", message.Name);
        WriteOptional(writer, "tool_call_id", message.ToolCallId);
        if (message.ToolCalls.Count > 0)
        {
            WriteArray(writer, "tool_calls", message.ToolCalls, Write);
        }

        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, Candidate candidate) =>
        Write(writer, new ChatMessage(ChatRole.Assistant, candidate.Text) { ToolCalls = candidate.Calls });

    public static void Write(Utf8JsonWriter writer, Tool tool)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "function");
        writer.WriteStartObject("function");
        writer.WriteString("name", tool.Name);
        WriteOptional(writer, "description", tool.Description);
        if (tool.Parameters.ValueKind != JsonValueKind.Undefined)
        {
            writer.WritePropertyName("parameters");
            tool.Parameters.WriteTo(writer);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, ToolCall call)
    {
        writer.WriteStartObject();
        WriteOptional(writer, "id", call.Id);
        writer.WriteString("type", "function");
        writer.WriteStartObject("function");
        writer.WriteString("name", call.Name);
        if (call.Arguments.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
        {
            writer.WriteString("arguments", call.Arguments.GetRawText());
        }
        else
        {
            // No valid arguments, but what the model wrote: as it is, so that reading gives the same.
            writer.WritePropertyName("arguments");
            call.Arguments.WriteTo(writer);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>The role's name in the OpenAI format.</summary>
    public static string NameOf(ChatRole role) => role switch
    {
        ChatRole.System => "system",
        ChatRole.User => "user",
        ChatRole.Assistant => "assistant",
        ChatRole.Tool => "tool",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Expected one of the four roles."),
    };

    private static void WriteOptional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteArray<T>(Utf8JsonWriter writer, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray(name);
        foreach (T item in items)
        {
            write(writer, item);
        }

        writer.WriteEndArray();
    }
}
