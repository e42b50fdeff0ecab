using System.Text.Json;
using ToolRM.ToolCalls.Schemas;
using ToolRM.Verification.Text;

namespace ToolRM.Verification.Schemas;

/// <summary>What a parameter's schema and description demand. Immutable.</summary>
internal sealed class ParameterFacts
{
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

    /// <summary>Words that often stand before a value of such a parameter (from for an origin), as stems; see Tables/slot_cues.txt.</summary>
    public required IReadOnlySet<string> SlotCues { get; init; }

    /// <summary>The facts of properties of an object, for its leaves; <see langword="null"/> if there is no such property.</summary>
    public ParameterFacts? Property(string name) => throw new NotImplementedException();

    /// <summary>Whether leaving the parameter out means the same as this value: its default, or false where none is known.</summary>
    public bool IsDefault(JsonElement value) => throw new NotImplementedException();
}
