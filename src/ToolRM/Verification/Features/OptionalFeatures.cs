using ToolRM.Verification.Grounding;
using ToolRM.Verification.Schemas;
using ToolRM.Verification.Text;

namespace ToolRM.Verification.Features;

/// <summary>Which optional parameters are given without need, and which are left out though the conversation speaks of them.</summary>
internal sealed class OptionalFeatures : FeatureFamily
{
    private const double AllNamed = 0.99;
    private const double HalfNamed = 0.5;

    private static readonly FeatureTable _table = new("optional");

    private static readonly int _named = _table.PerCall(
        "named", "optional parameter that the conversation speaks of", "Optional arguments, defaults left out, of whose name a word is in the conversation.");

    private static readonly int _unnamed = _table.PerCall(
        "unnamed", "optional parameter that the conversation does not speak of",
        "Optional arguments, defaults left out, of whose name no word is in the conversation.");

    private static readonly int _omitted = _table.PerCall("omitted", "optional parameter left out", "Optional parameters left out.");

    private static readonly int _omittedNamed = _table.PerCall(
        "omitted_named", "left out, though the conversation names it", "Of these, the ones whose whole name is in the conversation.");

    private static readonly int _omittedPartlyNamed = _table.PerCall(
        "omitted_partly_named", "left out, though the conversation contains part of its name",
        "Of these, the ones of whose name a word is in the conversation.");

    private static readonly int _omittedEnum = _table.PerCall(
        "omitted_enum", "left out, though the conversation contains one of its values",
        "Of these, the ones of whose allowed values one is in the conversation and in no argument of the call.");

    private static readonly int _omittedBoolean = _table.PerCall(
        "omitted_boolean", "yes or no left out, though the conversation speaks of it",
        "Of these, booleans with half of their name in the conversation.");

    private static readonly int _omittedNumber = _table.PerCall(
        "omitted_number", "number left out, though the conversation contains part of its name",
        "Of these, numbers with a word of their name in the conversation.");

    public override string Name => "optional";

    public override IReadOnlyList<FeatureDefinition> Features => _table.Features;

    public override void Extract(CandidateFacts candidate, FeatureSink sink)
    {
        Conversation conversation = candidate.Request.Conversation;
        foreach (CallFacts call in candidate.Calls)
        {
            foreach (ArgumentFacts argument in call.Arguments.Where(argument => argument.Parameter is { IsRequired: false } && !argument.IsDefault))
            {
                sink.Add(argument.NameCue > 0 ? _named : _unnamed, argument);
            }

            HashSet<string>? values = null;
            foreach (ParameterFacts parameter in call.Omitted.Where(parameter => !parameter.IsRequired))
            {
                double cue = ValueGrounding.NameCue(parameter, conversation);
                sink.Add(_omitted, call, parameter.Name);
                sink.Add(_omittedNamed, call, parameter.Name, cue >= AllNamed ? 1 : 0);
                sink.Add(_omittedPartlyNamed, call, parameter.Name, cue > 0 ? 1 : 0);
                sink.Add(_omittedBoolean, call, parameter.Name, parameter.IsBoolean && cue >= HalfNamed ? 1 : 0);
                sink.Add(_omittedNumber, call, parameter.Name, parameter.IsNumber && cue > 0 ? 1 : 0);
                if (parameter.Allowed is { } allowed)
                {
                    values ??= Values(call);
                    bool isMentioned = allowed.Phrases.Any(phrase =>
                        conversation.ContainsPhrase(phrase.Words) && !values.Contains(phrase.Text));
                    sink.Add(_omittedEnum, call, parameter.Name, isMentioned ? 1 : 0);
                }
            }
        }
    }

    /// <summary>All values of a call's arguments.</summary>
    private static HashSet<string> Values(CallFacts call) => new(
        call.Arguments.SelectMany(argument => argument.Leaves).Select(leaf => ValueText.Of(leaf.Value)), StringComparer.OrdinalIgnoreCase);
}
