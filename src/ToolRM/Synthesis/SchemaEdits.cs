using System.Text.Json;
using ToolRM.ToolCalls.Parsing;
using ToolRM.ToolCalls.Schemas;

namespace ToolRM.Synthesis;

/// <summary>Changes schemas by copying them.</summary>
internal static class SchemaEdits
{
    /// <summary>The object with a member set, in its place or at the end.</summary>
    public static JsonElement With(this JsonElement owner, string name, JsonElement value) => Copy(owner, name, value);

    /// <summary>The object without a member.</summary>
    public static JsonElement Without(this JsonElement owner, string name) => Copy(owner, name, default);

    /// <summary>
    /// The tool with another schema for a parameter; <see langword="null"/> if its schema does not itself have the parameter as an object
    /// (it may come from a reference or a union).
    /// </summary>
    public static Tool? WithParameter(this Tool tool, string parameter, Func<JsonElement, JsonElement> edit)
    {
        JsonElement properties = tool.Parameters.Get("properties", JsonValueKind.Object);
        JsonElement schema = properties.Get(parameter, JsonValueKind.Object);
        return schema.ValueKind == JsonValueKind.Undefined
            ? null
            : tool with { Parameters = tool.Parameters.With("properties", properties.With(parameter, edit(schema))) };
    }

    private static JsonElement Copy(JsonElement owner, string name, JsonElement value) =>
        JsonValues.Write((owner, name, value), static (writer, edit) =>
        {
            bool isDone = edit.value.ValueKind == JsonValueKind.Undefined;
            writer.WriteStartObject();
            foreach (JsonProperty member in edit.owner.EnumerateObject())
            {
                if (!member.NameEquals(edit.name))
                {
                    member.WriteTo(writer);
                }
                else if (!isDone)
                {
                    Write(writer, edit.name, edit.value);
                    isDone = true;
                }
            }

            if (!isDone)
            {
                Write(writer, edit.name, edit.value);
            }

            writer.WriteEndObject();
        });

    private static void Write(Utf8JsonWriter writer, string name, JsonElement value)
    {
        writer.WritePropertyName(name);
        value.WriteTo(writer);
    }
}
