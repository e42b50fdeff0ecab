using System.Text.Json;
using ToolRM.Verification.Grounding;
using ToolRM.Verification.Schemas;
using ToolRM.Verification.Text;

namespace ToolRM.Verification.Features;

/// <summary>A string or number in an argument, with the parameter or property it is the value of.</summary>
internal readonly record struct FormatValue(Conversation Conversation, ArgumentFacts Argument, ParameterFacts Parameter, JsonElement Value)
{
    private const int MaxItems = 20;
    private const int MaxDepth = 4;

    /// <summary>Where the value comes from.</summary>
    public GroundingClass Grounding => Argument.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number
        ? Argument.Leaves[0].Grounding
        : ValueGrounding.Ground(Value, Parameter, Conversation)[0].Grounding;

    /// <summary>The strings and numbers of an argument: of lists and objects the first 20 items and properties, four levels deep.</summary>
    public static List<FormatValue> Of(Conversation conversation, ArgumentFacts argument)
    {
        var values = new List<FormatValue>();
        Add(new FormatValue(conversation, argument, argument.Parameter!, argument.Value), values, 0);
        return values;
    }

    private static void Add(FormatValue value, List<FormatValue> values, int depth)
    {
        switch (value.Value.ValueKind)
        {
            case JsonValueKind.String or JsonValueKind.Number:
                values.Add(value);
                break;
            case JsonValueKind.Array when depth < MaxDepth:
                foreach (JsonElement item in value.Value.EnumerateArray().Take(MaxItems))
                {
                    Add(value with { Value = item }, values, depth + 1);
                }

                break;
            case JsonValueKind.Object when depth < MaxDepth:
                foreach (JsonProperty property in value.Value.EnumerateObject().Take(MaxItems))
                {
                    if (value.Parameter.Property(property.Name) is { } parameter)
                    {
                        Add(value with { Parameter = parameter, Value = property.Value }, values, depth + 1);
                    }
                }

                break;
        }
    }
}
