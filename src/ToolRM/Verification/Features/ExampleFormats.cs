using ToolRM.Verification.Grounding;
using ToolRM.Verification.Schemas;

namespace ToolRM.Verification.Features;

/// <summary>Whether texts look like the examples of their descriptions.</summary>
internal sealed class ExampleFormats(FeatureTable table)
{
    private readonly int _shape = table.PerCall(
        "example_shape", "written like the examples of its description",
        "Texts that have the shape of an example in the description: the same punctuation, and words and numbers in the same places and "
        + "case. "
        + "None where the schema lists the allowed values, or for cities abroad where all examples are in the US.");

    private readonly int _otherShape = table.PerCall(
        "other_shape", "not written like the examples of its description",
        "Texts whose description has examples, none of which has their shape.");

    private readonly int _copied = table.PerCall(
        "example_copied", "copied from the examples of its description",
        "Texts that are an example of the description, and that the conversation gives no reason for.");

    public void Add(FormatValue value, string text, FeatureSink sink)
    {
        ParameterFacts parameter = value.Parameter;
        if (parameter.Examples.Count == 0 || parameter.Enum is not null)
        {
            return;
        }

        if (!PlaceFormats.IsAbroad(parameter, text))
        {
            sink.Add(parameter.ExampleShapes.Contains(TextShape.Of(text)) ? _shape : _otherShape, value.Argument);
        }

        bool isExample = parameter.Examples.Contains(text, StringComparer.OrdinalIgnoreCase);
        sink.Add(_copied, value.Argument, isExample && value.Grounding.IsUngrounded() ? 1 : 0);
    }
}
