using System.Text.Json;
using ToolRM.Verification.Schemas;
using ToolRM.Verification.Text;

namespace ToolRM.Verification.Grounding;

/// <summary>A leaf of an argument's value with where it comes from.</summary>
internal readonly record struct GroundedLeaf(JsonElement Value, GroundingClass Grounding);

/// <summary>Finds out where values come from.</summary>
internal static class ValueGrounding
{
    /// <summary>The leaves of a value (at most 20 of each list or object, 4 levels deep; at least one) with their classes.</summary>
    /// <param name="value">The argument's value.</param>
    /// <param name="parameter">Its parameter; <see langword="null"/> if the schema has none.</param>
    /// <param name="conversation">What was said.</param>
    public static List<GroundedLeaf> Ground(JsonElement value, ParameterFacts? parameter, Conversation conversation) =>
        throw new NotImplementedException();

    /// <summary>Share of the words of a parameter's name, 0 to 1, that the conversation contains (generic ones such as "is" left out).</summary>
    public static double NameCue(ParameterFacts parameter, Conversation conversation) => throw new NotImplementedException();
}
