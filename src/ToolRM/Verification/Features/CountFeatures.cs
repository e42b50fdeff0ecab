using System.Text.Json;
using ToolRM.ToolCalls.Comparison;
using ToolRM.Verification.Text;

namespace ToolRM.Verification.Features;

/// <summary>How many calls there are, against signs that several things are asked for, and whether calls repeat each other.</summary>
internal sealed class CountFeatures : FeatureFamily
{
    private const int MaxCues = 6, MaxCuesBelow = 5, MaxLength = 6;

    private static readonly FeatureTable _table = new("count");
    private static readonly int _one = _table.Whole("one_call", "there is one call", "1 if there is exactly one call.");
    private static readonly int _two = _table.Whole("two_calls", "there are two calls", "1 if there are exactly two calls.");
    private static readonly int _more = _table.Whole("more_calls", "there are three or more calls", "1 if there are three or more calls.");
    private static readonly int _log = _table.Whole("calls_log", "number of calls", "The logarithm of 1 + the number of calls.");
    private static readonly int _cues = _table.Whole(
        "list_cues",
        "the request names several things, and there are as many calls",
        "Signs in the newest user message that several things are asked (and, then, also, both, …), at most 6, times the logarithm of 1 + the "
        + "number of calls, over 3.");

    private static readonly int _belowCues = _table.Whole(
        "below_cues",
        "there are fewer calls than the request has signs of several",
        "1 + the number of such signs, at most 5, less the number of calls, if above 0, over 3; 0 without calls.");

    private static readonly int _aboveCues = _table.Whole(
        "above_cues",
        "there are more calls than the request has signs of several",
        "Number of calls less 1 + the number of such signs, if above 0.");

    private static readonly int _oneForNumbers = _table.Whole(
        "one_for_number_list",
        "there is one call for a list of numbers",
        "1 if there is exactly one call, and the newest user message lists numbers (3, 5 and 7).");

    private static readonly int _oneForRespectively = _table.Whole(
        "one_for_respectively",
        "there is one call, and the request says respectively",
        "1 if there is exactly one call, and the newest user message says respectively.");

    private static readonly int _duplicates = _table.Whole(
        "duplicate_calls", "a call repeats another", "Calls that are equal to an earlier one.");

    private static readonly int _contained = _table.Whole(
        "contained_calls",
        "a call has only arguments that another call has too",
        "Pairs of successive calls of one function of which one has some of the other's arguments, with the same values, and no more.");

    private static readonly int _sameFunction = _table.Whole(
        "same_function", "a function is called several times", "Calls of a function that an earlier call calls too.");

    private static readonly int _duplicateValues = _table.PerCall(
        "duplicate_values",
        "a text is the value of several arguments of one call",
        "Strings of more than two characters in a call's arguments, true and false left out, that are equal to an earlier one of the same call.");

    private static readonly int _listLength = _table.PerCall(
        "list_length", "length of the lists among the arguments", "Sum over list arguments of their number of items, at most 6 each, over 3.");

    private static readonly int _listsInOne = _table.Whole(
        "lists_in_one_call",
        "there is one call, and arguments of it list several items",
        "List arguments with more than one item, if there is exactly one call.");

    private static readonly int _functionsShare = _table.Whole(
        "functions_share", "share of the functions that are called", "Number of different functions called over the number of tools.");

    public override string Name => "count";

    public override IReadOnlyList<FeatureDefinition> Features => _table.Features;

    public override void Extract(CandidateFacts candidate, FeatureSink sink)
    {
        int calls = candidate.Calls.Count;
        if (calls == 0)
        {
            return;
        }

        AddCues(candidate.Request.Conversation, calls, sink);
        for (int i = 0; i < calls; i++)
        {
            AddCall(candidate.Calls[i], candidate.Values.Calls[i].Texts, sink);
        }

        sink.Add(_listsInOne, calls == 1 ? candidate.Calls[0].Arguments.Count(argument => Length(argument) > 1) : 0);
        sink.Add(_functionsShare, (double)candidate.Calls.DistinctBy(call => call.Call.Name).Count() / Math.Max(1, candidate.Request.Functions.Count));
        if (calls > 1)
        {
            AddRepeats(candidate.Calls, sink);
        }
    }

    private static void AddCues(Conversation conversation, int calls, FeatureSink sink)
    {
        int cues = conversation.ListCues;
        sink.Add(calls switch { 1 => _one, 2 => _two, _ => _more });
        sink.Add(_log, Math.Log(1 + calls));
        sink.Add(_cues, Math.Min(cues, MaxCues) * Math.Log(1 + calls) / 3);
        sink.Add(_belowCues, Math.Max(0, 1 + Math.Min(cues, MaxCuesBelow) - calls) / 3.0);
        sink.Add(_aboveCues, Math.Max(0, calls - 1 - cues));
        sink.Add(_oneForNumbers, calls == 1 && conversation.NumberLists > 0 ? 1 : 0);
        sink.Add(_oneForRespectively, calls == 1 && conversation.SaysRespectively ? 1 : 0);
    }

    private static void AddCall(CallFacts call, List<string> texts, FeatureSink sink)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        sink.Add(_duplicateValues, call, texts.Count(text => text.Length > 2 && !bool.TryParse(text, out _) && !known.Add(text)));
        foreach (ArgumentFacts argument in call.Arguments)
        {
            sink.Add(_listLength, argument, Math.Min(Length(argument), MaxLength) / 3.0);
        }
    }

    private static int Length(ArgumentFacts argument) =>
        argument.Value.ValueKind == JsonValueKind.Array ? argument.Value.GetArrayLength() : 0;

    private static void AddRepeats(IReadOnlyList<CallFacts> calls, FeatureSink sink)
    {
        var known = new HashSet<ToolCall>();
        var newest = new Dictionary<string, CallFacts>(StringComparer.Ordinal);
        foreach (CallFacts call in calls)
        {
            sink.Add(_duplicates, call, known.Add(call.Call) ? 0 : 1);
            if (newest.TryGetValue(call.Call.Name, out CallFacts? earlier))
            {
                sink.Add(_sameFunction, call);
                sink.Add(_contained, call, Contains(earlier, call) || Contains(call, earlier) ? 1 : 0);
            }

            newest[call.Call.Name] = call;
        }
    }

    /// <summary>Whether a call has all arguments of another one, and more.</summary>
    private static bool Contains(CallFacts call, CallFacts other) =>
        other.Arguments.Count < call.Arguments.Count && other.Arguments.All(argument =>
            call.Call.Arguments.TryGetProperty(argument.Name, out JsonElement value) && JsonEquality.Equals(value, argument.Value));
}
