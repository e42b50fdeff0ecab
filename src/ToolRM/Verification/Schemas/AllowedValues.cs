using System.Text.Json;
using ToolRM.ToolCalls.Schemas;
using ToolRM.Verification.Text;

namespace ToolRM.Verification.Schemas;

/// <summary>The only values that a schema allows. Immutable.</summary>
/// <param name="values">The values.</param>
internal sealed class AllowedValues(IReadOnlyList<JsonElement> values)
{
    private const int MaxItems = 100;
    private const int MaxPhrases = 100;
    private readonly HashSet<string> _texts = [.. values.Select(ValueText.Of)];

    // Mostly values are allowed, and nobody asks.
    private HashSet<string> TextsOfAnyCase => field ??= new HashSet<string>(_texts, StringComparer.OrdinalIgnoreCase);

    /// <summary>The first 100 values of more than one character with their words, to look for in conversations.</summary>
    public IReadOnlyList<(string Text, IReadOnlyList<Word> Words)> Phrases => field ??=
    [
        .. _texts.Where(text => text.Length > 1)
            .Take(MaxPhrases)
            .Select(text => (Text: text, Words: (IReadOnlyList<Word>)Words.Scan(text)))
            .Where(phrase => phrase.Words.Count > 0),
    ];

    /// <summary>
    /// Whether a value is one of them, or a list holds nothing else (looked at are its first 100 items). Numbers may be written as
    /// strings and the reverse.
    /// </summary>
    public bool Contain(JsonElement value) => IsIn(_texts, value);

    /// <summary>As <see cref="Contain"/>, where upper and lower case do not matter.</summary>
    public bool ContainInAnyCase(JsonElement value) => IsIn(TextsOfAnyCase, value);

    /// <summary>
    /// The values that a schema lists, or, if it is one of lists, its items' schema; <see langword="null"/> if there is no such list.
    /// </summary>
    public static IReadOnlyList<JsonElement>? Of(JsonSchema schema) =>
        Own(schema) ?? (schema.PossibleTypes.Has(JsonTypes.Array) && SchemaLookup.Item(schema, 0) is { } item ? Own(item) : null);

    private static bool IsIn(HashSet<string> texts, JsonElement value) => texts.Contains(ValueText.Of(value))
        || (value.ValueKind == JsonValueKind.Array
            && value.EnumerateArray().Take(MaxItems).All(item => texts.Contains(ValueText.Of(item))));

    private static JsonElement[]? Own(JsonSchema schema)
    {
        foreach (JsonSchema part in SchemaLookup.Parts(schema))
        {
            if ((part.Enum ?? OfUnion(part.AnyOf) ?? OfUnion(part.OneOf)) is { } values)
            {
                return values;
            }
        }

        return null;
    }

    /// <summary>The values of a union whose members all list theirs, but for null.</summary>
    private static JsonElement[]? OfUnion(JsonSchema[] members)
    {
        var values = new List<JsonElement>();
        foreach (JsonSchema member in members.Where(member => member.PossibleTypes != JsonTypes.Null))
        {
            if (SchemaLookup.Parts(member).FirstOrDefault(part => part.Enum is not null) is not { } list)
            {
                return null;
            }

            values.AddRange(list.Enum!);
        }

        return values.Count > 0 ? [.. values] : null;
    }
}
