using System.Globalization;
using System.Text.Json;
using ToolRM.ToolCalls.Schemas;
using ToolRM.Verification.Text;

namespace ToolRM.Verification.Schemas;

/// <summary>What a parameter's schema and description demand. Immutable.</summary>
internal sealed class ParameterFacts
{
    private const int MaxDepth = 8;
    private const int MaxDescriptionStems = 25;

    private PropertyFacts? _properties;

    public required string Name { get; init; }

    /// <summary>The description; empty if there is none.</summary>
    public required string Description { get; init; }

    /// <summary>The description in lower case.</summary>
    public required string DescriptionLower { get; init; }

    public required bool IsRequired { get; init; }

    public required JsonSchema Schema { get; init; }

    /// <summary>The types a value may have.</summary>
    public JsonTypes Types => Schema.PossibleTypes;

    /// <summary>The only values allowed, or, of a list, its items' only values; <see langword="null"/> if there is no such list.</summary>
    public required IReadOnlyList<JsonElement>? Enum { get; init; }

    /// <summary>The default of the schema; undefined if none is given.</summary>
    public required JsonElement Default { get; init; }

    /// <summary>The default that the description names ("default is metric"), in lower case.</summary>
    public required string? DescribedDefault { get; init; }

    /// <summary>Examples in the description, quoted or after "e.g."; at most 12.</summary>
    public required IReadOnlyList<string> Examples { get; init; }

    /// <summary>The shapes of <see cref="Examples"/>; see <see cref="TextShape"/>.</summary>
    public required IReadOnlySet<string> ExampleShapes { get; init; }

    /// <summary>Years in dates of the examples.</summary>
    public required IReadOnlySet<int> ExampleYears { get; init; }

    /// <summary>Whether the description asks for "City, State" or "City, Country".</summary>
    public required bool WantsCityAndState { get; init; }

    /// <summary>The notation of dates that the description asks for.</summary>
    public required DateNotation? WantedDateNotation { get; init; }

    /// <summary>Whether it is about a day.</summary>
    public required bool IsDate { get; init; }

    /// <summary>Whether it is about a percentage or rate.</summary>
    public required bool IsPercentage { get; init; }

    /// <summary>Whether the description asks for a decimal fraction.</summary>
    public required bool WantsDecimal { get; init; }

    /// <summary>Different stems of the name, without stop words, in their order.</summary>
    public required IReadOnlyList<string> NameStems { get; init; }

    /// <summary>Different stems of the description, without stop words; at most 25.</summary>
    public required IReadOnlyList<string> DescriptionStems { get; init; }

    /// <summary>
    /// Words that often stand before a value of such a parameter (from for an origin), as stems; see Tables/slot_cues.txt.
    /// </summary>
    public required IReadOnlySet<string> SlotCues { get; init; }

    /// <summary>Whether booleans are all that is allowed.</summary>
    public bool IsBoolean => (Types & ~JsonTypes.Null) == JsonTypes.Boolean;

    /// <summary>Whether numbers are all that is allowed.</summary>
    public bool IsNumber => (Types & ~JsonTypes.Null) is JsonTypes.AnyNumber or JsonTypes.Integer or JsonTypes.Fraction;

    /// <summary><see cref="Enum"/> for look-ups; <see langword="null"/> if there is no such list.</summary>
    public AllowedValues? Allowed => field ??= Enum is null ? null : new AllowedValues(Enum);

    /// <summary>Whether a value is one of <see cref="Enum"/>, or holds only such items; null is, where it is an allowed type.</summary>
    public bool Allows(JsonElement value) =>
        Allowed is null || Allowed.Contain(value) || (value.ValueKind == JsonValueKind.Null && Types.Has(JsonTypes.Null));

    /// <summary>The node of the schema as it was given.</summary>
    public SchemaSource Source { get; init; }

    /// <summary>How many objects it lies in.</summary>
    public int Depth { get; init; }

    /// <summary>The facts of a parameter.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="source">Its schema as it was given.</param>
    /// <param name="isRequired">Whether it must be given.</param>
    /// <param name="depth">How many objects it lies in.</param>
    public static ParameterFacts Read(string name, JsonSchema schema, SchemaSource source, bool isRequired, int depth = 0)
    {
        string description = source.Description;
        List<Word> nameWords = Words.ScanIdentifier(name);
        List<Word> words = Words.Scan(description);
        List<string> examples = DescribedExamples.Read(description);
        DateNotation? notation = DescribedFormats.Date(description);
        string[] nameStems = [.. ContentStems.Of(nameWords)];
        return new ParameterFacts
        {
            Name = name,
            Description = description,
            DescriptionLower = description.ToLowerInvariant(),
            IsRequired = isRequired,
            Schema = schema,
            Source = source,
            Depth = depth,
            Enum = AllowedValues.Of(schema),
            Default = SchemaLookup.Parts(schema)
                .Select(part => part.Default)
                .FirstOrDefault(value => value.ValueKind != JsonValueKind.Undefined),
            DescribedDefault = Schemas.DescribedDefault.Read(description),
            Examples = examples,
            ExampleShapes = examples.Select(TextShape.Of).ToHashSet(StringComparer.Ordinal),
            ExampleYears = DescribedFormats.Years(description),
            WantsCityAndState = DescribedFormats.WantsCityAndState(description),
            WantedDateNotation = notation,
            IsDate = notation is not null || DescribedFormats.IsDate(nameWords, words),
            IsPercentage = DescribedFormats.IsPercentage(nameWords, words, description),
            WantsDecimal = DescribedFormats.WantsDecimal(description),
            NameStems = nameStems,
            DescriptionStems = [.. ContentStems.Of(words).Take(MaxDescriptionStems)],
            SlotCues = Schemas.SlotCues.Of(nameWords.Select(word => word.Stem)),
        };
    }

    /// <summary>
    /// The facts of a property of an object, or of the objects in a list; <see langword="null"/> if there is no such property, or
    /// beyond eight levels.
    /// </summary>
    public ParameterFacts? Property(string name) => Depth < MaxDepth ? (_properties ??= new PropertyFacts(this)).Find(name) : null;

    /// <summary>
    /// Whether leaving the parameter out means the same as this value: its default, or false or null where none is known.
    /// </summary>
    public bool IsDefault(JsonElement value)
    {
        bool isGiven = Default.ValueKind != JsonValueKind.Undefined;
        if (!isGiven && DescribedDefault is null)
        {
            return !IsRequired && value.ValueKind is JsonValueKind.False or JsonValueKind.Null;
        }

        string text = ValueText.Of(value);
        return (isGiven && IsSame(text, ValueText.Of(Default)))
            || (DescribedDefault is not null && (IsSame(text, DescribedDefault) || IsSame(text.Split(' ', 2)[0], DescribedDefault)))
            || (DescribedDefault is "empty" && text is "" or "[]" or "{}");
    }

    private static bool IsSame(string value, string defaultText) =>
        string.Equals(value, defaultText, StringComparison.OrdinalIgnoreCase)
        || (IsNone(value) && IsNone(defaultText))
        || (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.TryParse(defaultText, NumberStyles.Float, CultureInfo.InvariantCulture, out double other) && number == other);

    private static bool IsNone(string text) =>
        text.Equals("null", StringComparison.OrdinalIgnoreCase) || text.Equals("none", StringComparison.OrdinalIgnoreCase);
}
