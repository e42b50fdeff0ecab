using System.Globalization;
using System.Text.Json;
using ToolRM.ToolCalls.Parsing;

namespace ToolRM.Prompts;

/// <summary>How <see cref="JsonText"/> sets JSON.</summary>
internal enum JsonStyle
{
    /// <summary>As Python's <c>json.dumps(value, ensure_ascii=False)</c>, which is what <c>tojson</c> does in chat templates.</summary>
    Python,

    /// <summary>Without spaces, numbers as they were written.</summary>
    Compact,
}

/// <summary>Writes JSON values into a prompt. Text of any script stays as it is; the order of properties is kept.</summary>
internal static class JsonText
{
    public static void Write(JsonElement value, JsonStyle style, PromptWriter writer) => Write(value, style, writer, depth: 0);

    /// <summary>Writes a string in quotes, escaped as Python does without <c>ensure_ascii</c>.</summary>
    public static void WriteString(ReadOnlySpan<char> text, PromptWriter writer)
    {
        writer.Text("\"");
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is >= ' ' and not ('"' or '\\'))
            {
                continue;
            }

            writer.Text(text[start..i]);
            writer.Text(Escape(text[i]));
            start = i + 1;
        }

        writer.Text(text[start..]);
        writer.Text("\"");
    }

    private static void Write(JsonElement value, JsonStyle style, PromptWriter writer, int depth)
    {
        if (depth > JsonInput.MaxDepth)
        {
            throw new ToolFormatException(
                "$", $"expected at most {JsonInput.MaxDepth} nested arrays and objects in a schema or in arguments, found more");
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value, style, writer, depth);
                break;
            case JsonValueKind.Array:
                WriteArray(value, style, writer, depth);
                break;
            case JsonValueKind.String:
                WriteString(value.GetString(), writer);
                break;
            case JsonValueKind.Number when style == JsonStyle.Python:
                writer.Text(PythonNumber.Format(value.GetRawText()));
                break;
            case JsonValueKind.Undefined:
                throw new ArgumentException("Expected a JSON value, found an undefined JsonElement.", nameof(value));
            default:
                writer.Text(value.GetRawText());
                break;
        }
    }

    private static void WriteObject(JsonElement value, JsonStyle style, PromptWriter writer, int depth)
    {
        writer.Text("{");
        bool isFirst = true;
        foreach (JsonProperty property in value.EnumerateObject())
        {
            writer.Text(isFirst ? "" : Separator(style));
            WriteString(property.Name, writer);
            writer.Text(style == JsonStyle.Python ? ": " : ":");
            Write(property.Value, style, writer, depth + 1);
            isFirst = false;
        }

        writer.Text("}");
    }

    private static void WriteArray(JsonElement value, JsonStyle style, PromptWriter writer, int depth)
    {
        writer.Text("[");
        bool isFirst = true;
        foreach (JsonElement item in value.EnumerateArray())
        {
            writer.Text(isFirst ? "" : Separator(style));
            Write(item, style, writer, depth + 1);
            isFirst = false;
        }

        writer.Text("]");
    }

    private static string Separator(JsonStyle style) => style == JsonStyle.Python ? ", " : ",";

    private static string Escape(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\b' => "\\b",
        '\f' => "\\f",
        _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
    };
}
