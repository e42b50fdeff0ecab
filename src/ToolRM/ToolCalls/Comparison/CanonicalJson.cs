using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using ToolRM.ToolCalls.Parsing;

namespace ToolRM.ToolCalls.Comparison;

/// <summary>
/// JSON in one form for each value: no white space, members sorted by the UTF-16 code units of their names, strings
/// escaped as in RFC 8785, numbers as in <see cref="CanonicalNumber"/>. With a schema, members that say what the schema's
/// default says are left out, so that texts are equal where values mean the same.
/// </summary>
internal static class CanonicalJson
{
    private static readonly SearchValues<char> _escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(i => (char)i), '"', '\\']);

    /// <summary>Signs that <see cref="ValueRules.FoldsText"/> leaves out unless a digit follows, besides white space.</summary>
    internal const string Ignored = ",._-/'\"";

    /// <summary>The canonical text of a value.</summary>
    public static string Text(JsonElement value) => Text(value, default, ValueRules.Plain);

    /// <summary>The canonical text of what a value means under a schema.</summary>
    public static string Text(JsonElement value, SchemaView schema, ValueRules rules)
    {
        var text = new StringBuilder();
        Append(text, value, schema, rules);
        return text.ToString();
    }

    /// <summary>Reads a canonical text. It may be as deep as the value it was written from.</summary>
    public static JsonElement Parse(string text) => JsonElement.Parse(text, JsonInput.Trusted);

    /// <summary>Writes a value as <see cref="Text(JsonElement)"/> gives it.</summary>
    public static void Append(StringBuilder text, JsonElement value) => Append(text, value, default, ValueRules.Plain);

    /// <summary>Writes a string in quotes.</summary>
    public static void Append(StringBuilder text, string value)
    {
        text.Append('"');
        ReadOnlySpan<char> rest = value;
        for (int at = rest.IndexOfAny(_escaped); at >= 0; at = rest.IndexOfAny(_escaped))
        {
            text.Append(rest[..at]);
            _ = rest[at] switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                char c => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
            };
            rest = rest[(at + 1)..];
        }

        text.Append(rest).Append('"');
    }

    private static void Append(StringBuilder text, JsonElement value, SchemaView schema, ValueRules rules)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                AppendObject(text, value, schema, rules);
                break;
            case JsonValueKind.Array:
                AppendArray(text, value, schema, rules);
                break;
            case JsonValueKind.String:
                Append(text, rules.FoldsText ? Fold(value.GetString()!) : value.GetString()!);
                break;
            case JsonValueKind.Number:
                CanonicalNumber.Append(text, JsonMarshal.GetRawUtf8Value(value));
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    /// <summary>Signs next to a digit stay: 1.5 is not 15, and -5 is not 5.</summary>
    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            bool isIgnored = char.IsWhiteSpace(text[i])
                || (Ignored.Contains(text[i], StringComparison.Ordinal) && !(i + 1 < text.Length && char.IsDigit(text[i + 1])));
            if (!isIgnored)
            {
                folded.Append(char.ToUpperInvariant(text[i]));
            }
        }

        return folded.ToString();
    }

    private static void AppendObject(StringBuilder text, JsonElement value, SchemaView schema, ValueRules rules)
    {
        text.Append('{');
        bool isFirst = true;
        foreach ((string name, JsonElement member) in JsonMembers.Sorted(value))
        {
            if (rules.OmitsDefaults && schema.SaysDefault(name, member))
            {
                continue;
            }

            if (!isFirst)
            {
                text.Append(',');
            }

            isFirst = false;
            Append(text, name);
            text.Append(':');
            Append(text, member, schema.Property(name), rules);
        }

        text.Append('}');
    }

    private static void AppendArray(StringBuilder text, JsonElement value, SchemaView schema, ValueRules rules)
    {
        text.Append('[');
        if (rules.SetsByUniqueItems && schema.IsSet)
        {
            text.AppendJoin(',', value.EnumerateArray()
                .Select((item, index) => Text(item, schema.Item(index), rules))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal));
        }
        else
        {
            int index = 0;
            foreach (JsonElement item in value.EnumerateArray())
            {
                if (index > 0)
                {
                    text.Append(',');
                }

                Append(text, item, schema.Item(index++), rules);
            }
        }

        text.Append(']');
    }
}
