using System.Text.Json;
using ToolRM.Verification.Schemas;

namespace ToolRM.Verification.Features;

/// <summary>Whether a value that a description explains as a code is the one whose meaning the conversation speaks of.</summary>
internal sealed class CodeFeatures : FeatureFamily
{
    private const int Meant = 0, OtherMeant = 1, NoneMeant = 2, Unexplained = 3;

    public override string Name => "code";

    public override IReadOnlyList<FeatureDefinition> Features { get; } =
    [
        new("code.meant", "value is the code of what the conversation speaks of",
            "Values that the description explains as a code, with a word of the explanation in the conversation.", FeatureScale.PerCall),
        new("code.other_meant", "value is the code of something else than the conversation speaks of",
            "Values that the description explains as a code without a word of it in the conversation, while another code's are.", FeatureScale.PerCall),
        new("code.none_meant", "value is a code of nothing the conversation speaks of",
            "Values that the description explains as a code, while no code's words are in the conversation.", FeatureScale.PerCall),
        new("code.unexplained", "value is not the code that the description gives for what the conversation speaks of",
            "Values that are none of the codes that the description explains, while a code's words are in the conversation.", FeatureScale.PerCall),
    ];

    public override void Extract(CandidateFacts candidate, FeatureSink sink)
    {
        IReadOnlySet<string> said = candidate.Request.Conversation.Stems;
        foreach (ArgumentFacts argument in candidate.Calls.SelectMany(call => call.Arguments))
        {
            if (argument is { Parameter: { } parameter, Value.ValueKind: JsonValueKind.String or JsonValueKind.Number }
                && DescribedCodes.Of(parameter) is { Count: > 0 } codes
                && Find(argument.Value.ToString(), codes, said) is { } feature)
            {
                sink.Add(feature, argument);
            }
        }
    }

    private static int? Find(string value, IReadOnlyList<DescribedCode> codes, IReadOnlySet<string> said)
    {
        bool isCode = false, isMeant = false, isAnyMeant = false;
        foreach (DescribedCode code in codes)
        {
            bool meant = code.Stems.Any(said.Contains);
            isAnyMeant |= meant;
            if (code.Code == value)
            {
                isCode = true;
                isMeant |= meant;
            }
        }

        return isMeant ? Meant : (isCode, isAnyMeant) switch
        {
            (true, true) => OtherMeant,
            (true, false) => NoneMeant,
            (false, true) => Unexplained,
            _ => null,
        };
    }
}
