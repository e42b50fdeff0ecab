using System.Text.Json;
using ToolRM.ToolCalls.Parsing;

namespace ToolRM.Prompts;

/// <summary>
/// What the compact template reads from the JSON Schema of one parameter. A schema of unknown shape constrains nothing:
/// a template never fails on a tool.
/// </summary>
internal readonly struct ParameterSchema(JsonElement schema)
{
    private const int MaxDepth = 16;
    private static readonly string[] _unions = ["anyOf", "oneOf"];

    /// <summary>The description; empty if there is none.</summary>
    public string Description =>
        schema.Get("description", JsonValueKind.String) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    /// <summary>The allowed values, of the parameter or of its items; undefined if not given.</summary>
    public JsonElement Enum => schema.Get("enum", JsonValueKind.Array) is { ValueKind: JsonValueKind.Array } own
        ? own
        : schema.Get("items", JsonValueKind.Object).Get("enum", JsonValueKind.Array);

    /// <summary>The type in words, for example <c>array of string</c> or <c>string or null</c>.</summary>
    public string TypeName => TypeNameAt(0);

    /// <summary>Whether the JSON type of <paramref name="value"/> is one the schema allows.</summary>
    public bool AllowsType(JsonElement value) => AllowsTypeAt(value, 0);

    /// <summary>Whether <paramref name="value"/>, or each item of it, is one of the allowed values.</summary>
    public bool AllowsValue(JsonElement value)
    {
        JsonElement allowed = Enum;
        return allowed.ValueKind != JsonValueKind.Array
            || Contains(allowed, value)
            || (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => Contains(allowed, item)));
    }

    private static bool Contains(JsonElement allowed, JsonElement value) =>
        allowed.EnumerateArray().Any(item => JsonElement.DeepEquals(item, value));

    private static bool AllowsType(string type, JsonElement value) => type.ToUpperInvariant() switch
    {
        "STRING" => value.ValueKind == JsonValueKind.String,
        "INTEGER" => value.ValueKind == JsonValueKind.Number && IsWhole(value),
        "NUMBER" => value.ValueKind == JsonValueKind.Number,
        "BOOLEAN" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "ARRAY" => value.ValueKind == JsonValueKind.Array,
        "OBJECT" => value.ValueKind == JsonValueKind.Object,
        "NULL" => value.ValueKind == JsonValueKind.Null,
        _ => true,
    };

    // Since draft 6 of JSON Schema, 5.0 is an integer too.
    private static bool IsWhole(JsonElement number) =>
        number.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') < 0 || double.IsInteger(number.GetDouble());

    private List<string> Types()
    {
        var types = new List<string>();
        if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type", out JsonElement type))
        {
            if (type.ValueKind == JsonValueKind.String)
            {
                types.Add(type.GetString()!);
            }
            else if (type.ValueKind == JsonValueKind.Array)
            {
                types.AddRange(
                    type.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!));
            }
        }

        return types;
    }

    private List<ParameterSchema> Union()
    {
        JsonElement owner = schema;
        return [.. _unions.Select(name => owner.Get(name, JsonValueKind.Array)).Where(list => list.ValueKind == JsonValueKind.Array)
            .SelectMany(list => list.EnumerateArray()).Select(item => new ParameterSchema(item))];
    }

    private string TypeNameAt(int depth)
    {
        List<string> types = Types();
        if (types.Count == 0 && depth < MaxDepth)
        {
            types.AddRange(Union().Select(member => member.TypeNameAt(depth + 1)).Distinct());
        }

        if (types.Count == 0)
        {
            return "any";
        }

        string name = string.Join(" or ", types);
        JsonElement items = schema.Get("items", JsonValueKind.Object);
        return types.Contains("array") && items.ValueKind == JsonValueKind.Object && depth < MaxDepth
            ? $"{name} of {new ParameterSchema(items).TypeNameAt(depth + 1)}"
            : name;
    }

    private bool AllowsTypeAt(JsonElement value, int depth)
    {
        List<string> types = Types();
        if (types.Count > 0 && !types.Any(type => AllowsType(type, value)) && !IsNullable(value))
        {
            return false;
        }

        if (depth == MaxDepth)
        {
            return true;
        }

        List<ParameterSchema> union = Union();
        if (union.Count > 0 && !union.Any(member => member.AllowsTypeAt(value, depth + 1)))
        {
            return false;
        }

        JsonElement items = schema.Get("items", JsonValueKind.Object);
        return value.ValueKind != JsonValueKind.Array || items.ValueKind != JsonValueKind.Object
            || value.EnumerateArray().All(item => new ParameterSchema(items).AllowsTypeAt(item, depth + 1));
    }

    private bool IsNullable(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null && schema.Has("nullable", JsonValueKind.True);
}
