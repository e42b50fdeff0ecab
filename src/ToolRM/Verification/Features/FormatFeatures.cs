using System.Text.Json;
using ToolRM.Verification.Text;

namespace ToolRM.Verification.Features;

/// <summary>Whether values are written as descriptions and examples demand, and other signs in their wording.</summary>
internal sealed class FormatFeatures : FeatureFamily
{
    private static readonly FeatureTable _table = new("format");
    private static readonly ExampleFormats _examples = new(_table);
    private static readonly PlaceFormats _places = new(_table);
    private static readonly DateFormats _dates = new(_table);
    private static readonly PercentFormats _percentages = new(_table);
    private static readonly WordingFormats _wording = new(_table);

    public override string Name => "format";

    public override IReadOnlyList<FeatureDefinition> Features => _table.Features;

    public override void Extract(CandidateFacts candidate, FeatureSink sink)
    {
        Conversation conversation = candidate.Request.Conversation;
        foreach (ArgumentFacts argument in candidate.Calls.SelectMany(call => call.Arguments))
        {
            if (argument.Parameter is null)
            {
                continue;
            }

            foreach (FormatValue value in FormatValue.Of(conversation, argument))
            {
                if (value.Value.ValueKind == JsonValueKind.Number)
                {
                    _percentages.Add(value, sink);
                }
                else if (value.Value.GetString() is { Length: > 0 } text)
                {
                    _examples.Add(value, text, sink);
                    _places.Add(value, text, sink);
                    _dates.Add(value, text, sink);
                    _wording.Add(value, text, sink);
                }
            }
        }
    }
}
