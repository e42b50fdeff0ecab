using System.Collections.Frozen;
using System.Text.Json;
using ToolRM.ToolCalls.Schemas;
using ToolRM.Verification.Schemas;
using ToolRM.Verification.Tables;
using ToolRM.Verification.Text;

namespace ToolRM.Verification.Grounding;

/// <summary>A leaf of an argument's value with where it comes from.</summary>
internal readonly record struct GroundedLeaf(JsonElement Value, GroundingClass Grounding);

/// <summary>Finds out where values come from.</summary>
internal static class ValueGrounding
{
    private const int MaxItems = 20;
    private const int MaxDepth = 4;
    private const int MaxLeaves = 100;

    private static readonly FrozenSet<string> _genericNames =
        TableFile.ReadWords("generic_names.txt").Select(Words.Stem).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The leaves of a value with their classes: at most 20 of a list or object, 4 levels deep, 100 in all; at least one.</summary>
    /// <param name="value">The argument's value.</param>
    /// <param name="parameter">Its parameter; <see langword="null"/> if the schema has none.</param>
    /// <param name="conversation">What was said.</param>
    public static List<GroundedLeaf> Ground(JsonElement value, ParameterFacts? parameter, Conversation conversation)
    {
        var leaves = new List<GroundedLeaf>(1);
        AddLeaves(value, parameter, conversation, leaves, MaxDepth);
        return leaves;
    }

    /// <summary>
    /// Share of the words of a parameter's name, 0 to 1, that the conversation contains, or other names of the same (generic words such as
    /// "is" left out).
    /// </summary>
    public static double NameCue(ParameterFacts parameter, Conversation conversation)
    {
        int found = 0, telling = 0, foundTelling = 0;
        foreach (string stem in parameter.NameStems)
        {
            bool isTelling = !_genericNames.Contains(stem);
            bool isFound = conversation.Stems.Contains(stem)
                || (isTelling && conversation.HasShortOrLongForm(stem))
                || (isTelling && stem.Length > 1 && AliasTable.IsMentioned(stem, conversation));
            found += isFound ? 1 : 0;
            telling += isTelling ? 1 : 0;
            foundTelling += isFound && isTelling ? 1 : 0;
        }

        return telling > 0 ? (double)foundTelling / telling : parameter.NameStems.Count > 0 ? (double)found / parameter.NameStems.Count : 0;
    }

    private static void AddLeaves(
        JsonElement value, ParameterFacts? parameter, Conversation conversation, List<GroundedLeaf> leaves, int depth)
    {
        int before = leaves.Count;
        if (before == MaxLeaves)
        {
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Array when depth > 0:
                foreach (JsonElement item in value.EnumerateArray().Take(MaxItems))
                {
                    AddLeaves(item, parameter, conversation, leaves, depth - 1);
                }

                break;
            case JsonValueKind.Object when depth > 0:
                foreach (JsonProperty property in value.EnumerateObject().Take(MaxItems))
                {
                    AddLeaves(property.Value, parameter?.Property(property.Name), conversation, leaves, depth - 1);
                }

                break;
            default:
                leaves.Add(new GroundedLeaf(value, ClassOf(value, parameter, conversation)));
                return;
        }

        if (leaves.Count == before)
        {
            leaves.Add(new GroundedLeaf(value, GroundingClass.Empty));
        }
    }

    private static GroundingClass ClassOf(JsonElement value, ParameterFacts? parameter, Conversation conversation) => value.ValueKind switch
    {
        JsonValueKind.True => OfBoolean(true, parameter, conversation),
        JsonValueKind.False => OfBoolean(false, parameter, conversation),
        JsonValueKind.Number =>
            NumberGrounding.Ground(value.TryGetDouble(out double number) ? number : double.NaN, parameter, conversation),
        JsonValueKind.String => OfString(value.GetString()!, parameter, conversation),
        JsonValueKind.Null => GroundingClass.Placeholder,
        _ => GroundingClass.None,
    };

    private static GroundingClass OfBoolean(bool value, ParameterFacts? parameter, Conversation conversation)
    {
        bool isMentioned = parameter is not null && NameCue(parameter, conversation) >= 0.5;
        return value
            ? isMentioned ? GroundingClass.TrueMentioned : GroundingClass.TrueUnmentioned
            : isMentioned && conversation.HasNegation ? GroundingClass.FalseMentioned : GroundingClass.FalseUnmentioned;
    }

    private static GroundingClass OfString(string value, ParameterFacts? parameter, Conversation conversation)
    {
        bool isTrue = value.Equals("true", StringComparison.OrdinalIgnoreCase);
        bool isBoolean = isTrue || value.Equals("false", StringComparison.OrdinalIgnoreCase);
        return isBoolean && parameter is not null && WantsBoolean(parameter)
            ? OfBoolean(isTrue, parameter, conversation)
            : new StringGrounding(value, parameter, conversation).Ground();
    }

    /// <summary>Whether the parameter is a boolean, or a choice of true, false and perhaps others.</summary>
    private static bool WantsBoolean(ParameterFacts parameter) =>
        (parameter.Types & ~JsonTypes.Null) == JsonTypes.Boolean
        || parameter.Enum?.Any(allowed => allowed.ValueKind is JsonValueKind.True or JsonValueKind.False
            || (allowed.ValueKind == JsonValueKind.String && bool.TryParse(allowed.GetString(), out _))) == true;
}
