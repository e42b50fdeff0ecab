using ToolRM.Verification.Grounding;

namespace ToolRM.Verification.Features;

/// <summary>Where the values of calls come from; see <see cref="GroundingClass"/>.</summary>
internal sealed class GroundingFeatures : FeatureFamily
{
    private static readonly FeatureTable _table = new("grounding");

    private static readonly int _firstRequired = AddClasses("required", "");
    private static readonly int _firstOptional = AddClasses("optional", "optional and ");

    private static readonly int _required = _table.PerCall("required", "required argument given", "Arguments of required parameters.");
    private static readonly int _optional = _table.PerCall("optional", "optional argument given", "Arguments of optional parameters.");

    private static readonly int _grounded = _table.PerCall(
        "grounded", "value given by the conversation", "Sum over all arguments of the share of their leaves that the conversation gives.");

    private static readonly int _requiredUngrounded = _table.Whole(
        "required_ungrounded", "nothing in the conversation says this value",
        "Mean over all arguments of required parameters of the share of their leaves that the conversation gives no reason for.");

    private static readonly int _optionalUngrounded = _table.Whole(
        "optional_ungrounded", "nothing in the conversation says this optional value",
        "Mean over all arguments of optional parameters of the share of their leaves that the conversation gives no reason for.");

    private static readonly int _allGrounded = _table.Whole(
        "all_grounded", "share of the values that the conversation gives",
        "Mean over all arguments of the share of their leaves that the conversation gives.");

    private static readonly int _requiredParameters = _table.PerCall(
        "required_parameters", "required parameters given by the conversation",
        "For each call the share of its function's required parameters that are given and grounded (the sum of the arguments' grounded "
        + "shares by "
        + "the number of required parameters); 1 for a function without any.");

    public override string Name => "grounding";

    public override IReadOnlyList<FeatureDefinition> Features => _table.Features;

    public override void Extract(CandidateFacts candidate, FeatureSink sink)
    {
        List<ArgumentFacts> arguments =
            [.. candidate.Calls.SelectMany(call => call.Arguments).Where(argument => argument.Parameter is not null)];
        int required = arguments.Count(argument => argument.Parameter!.IsRequired);
        int optional = arguments.Count - required;
        foreach (ArgumentFacts argument in arguments)
        {
            bool isRequired = argument.Parameter!.IsRequired;
            double grounded = argument.GroundedShare;
            AddLeaves(argument, isRequired ? _firstRequired : _firstOptional, sink);
            sink.Add(isRequired ? _required : _optional, argument);
            sink.Add(_grounded, argument, grounded);
            sink.Add(_allGrounded, argument, grounded / arguments.Count);
            if (isRequired)
            {
                sink.Add(_requiredUngrounded, argument, argument.UngroundedShare / required);
                sink.Add(_requiredParameters, argument, grounded / argument.Call.Function!.RequiredCount);
            }
            else
            {
                sink.Add(_optionalUngrounded, argument, argument.UngroundedShare / optional);
            }
        }

        foreach (CallFacts call in candidate.Calls.Where(call => call.Function?.RequiredCount == 0))
        {
            sink.Add(_requiredParameters, call);
        }
    }

    private static void AddLeaves(ArgumentFacts argument, int first, FeatureSink sink)
    {
        double weight = 1.0 / argument.Leaves.Count;
        foreach (GroundedLeaf leaf in argument.Leaves)
        {
            sink.Add(first + (int)leaf.Grounding, argument, weight);
        }
    }

    private static int AddClasses(string prefix, string phrasePrefix)
    {
        int first = _table.Features.Count;
        foreach (GroundingText text in GroundingText.All)
        {
            _table.PerCall(
                $"{prefix}_{text.Name}", phrasePrefix + text.Phrase,
                $"Arguments of {prefix} parameters whose value is {text.Definition}; "
                + "the leaves of a list or object share the weight of 1.");
        }

        return first;
    }
}
