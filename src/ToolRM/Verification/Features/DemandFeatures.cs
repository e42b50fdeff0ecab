using System.Runtime.InteropServices;
using System.Text.Json;
using ToolRM.Verification.Demands;

namespace ToolRM.Verification.Features;

/// <summary>How many calls and values there are, against the lists, clauses and sentences of the newest message of the user.</summary>
internal sealed class DemandFeatures : FeatureFamily
{
    private const int MaxDifference = 4;

    private static readonly FeatureTable _table = new("demand");
    private static readonly int _itemsUnused = _table.Whole(
        "items_unused",
        "only some items of a list in the request are used",
        "Items of lists in the newest user message (Paris, London and Rome), at most 4, of which arguments contain less than half of the words, in "
        + "lists of which they contain another item.");

    private static readonly int _itemsEqual = _table.Whole(
        "items_equal",
        "the request lists as many items as there are values",
        "1 if the longest list in the newest user message has as many items as there are values: different ones of one parameter in calls of one "
        + "function, or items of a list argument.");

    private static readonly int _belowItems = _table.Whole(
        "below_items",
        "the request lists more items than there are values",
        "Items of the longest list less the number of values (demand.items_equal), from 0 to 4.");

    private static readonly int _aboveItems = _table.Whole(
        "above_items",
        "the request lists fewer items than there are values",
        "Number of values (demand.items_equal) less items of the longest list, from 0 to 4; 0 without a list.");

    private static readonly int _belowActions = _table.Whole(
        "below_actions",
        "there are fewer calls than the request demands actions",
        "Clauses of the newest user message that begin with a verb of verbs.txt less the number of calls, from 0 to 4.");

    private static readonly int _aboveActions = _table.Whole(
        "above_actions",
        "there are more calls than the request demands actions",
        "Number of calls less such clauses (at least 1), from 0 to 4.");

    private static readonly int _belowSentences = _table.Whole(
        "below_sentences",
        "there are fewer calls than the request has sentences",
        "Sentences of the newest user message less the number of calls, from 0 to 4.");

    private static readonly int _aboveSentences = _table.Whole(
        "above_sentences",
        "there are more calls than the request has sentences",
        "Number of calls less sentences of the newest user message (at least 1), from 0 to 4.");

    public override string Name => "demand";

    public override IReadOnlyList<FeatureDefinition> Features => _table.Features;

    public override void Extract(CandidateFacts candidate, FeatureSink sink)
    {
        RequestDemands demands = candidate.Request.Demands;
        if (demands.Lists.Count > 0)
        {
            int items = demands.Lists.Max(list => list.Items.Count), values = CountValues(candidate);
            sink.Add(_itemsUnused, Math.Min(MaxDifference, demands.Lists.Sum(list => CountUnused(list, candidate.Values))));
            sink.Add(_itemsEqual, items == values ? 1 : 0);
            AddDifference(items, values, (_belowItems, _aboveItems), sink);
        }

        AddDifference(demands.Actions.Count, candidate.Calls.Count, (_belowActions, _aboveActions), sink);
        AddDifference(demands.Sentences, candidate.Calls.Count, (_belowSentences, _aboveSentences), sink);
    }

    private static void AddDifference(int asked, int given, (int Below, int Above) features, FeatureSink sink)
    {
        sink.Add(features.Below, Math.Clamp(asked - given, 0, MaxDifference));
        sink.Add(features.Above, Math.Clamp(given - Math.Max(1, asked), 0, MaxDifference));
    }

    private static int CountUnused(ListedItems list, CandidateValues values)
    {
        int used = list.Items.Count(item => item.Count(values.Stems.Contains) * 2 >= item.Count);
        return used > 0 ? list.Items.Count - used : 0;
    }

    /// <summary>The most different values of one parameter in the calls of one function, or items of a list.</summary>
    private static int CountValues(CandidateFacts candidate)
    {
        int most = 0;
        var values = new Dictionary<(string Function, string Parameter), HashSet<string>>();
        foreach (ArgumentFacts argument in candidate.Calls.SelectMany(call => call.Arguments))
        {
            if (argument.Value.ValueKind == JsonValueKind.Array)
            {
                most = Math.Max(most, argument.Value.GetArrayLength());
            }

            ref HashSet<string>? known = ref CollectionsMarshal.GetValueRefOrAddDefault(values, (argument.Call.Call.Name, argument.Name), out _);
            (known ??= new HashSet<string>(StringComparer.Ordinal)).Add(argument.Value.GetRawText());
            most = Math.Max(most, known.Count);
        }

        return most;
    }
}
