using System.Text.Json;
using ToolRM.Verification.Schemas;
using ToolRM.Verification.Text;

namespace ToolRM.Verification.Features;

/// <summary>Whether values stand where the conversation speaks of their parameter and of their function.</summary>
internal sealed class LocalityFeatures : FeatureFamily
{
    /// <summary>Words before and after a value in which the parameter's name is looked for.</summary>
    private const int WordsBefore = 4, WordsAfter = 2;

    /// <summary>Words before a value in which a cue (from, to, at, …) is looked for.</summary>
    private const int CueWords = 2;

    /// <summary>Of the places of a value the newest ones that are looked at.</summary>
    private const int MaxPlaces = 3;

    private const int MaxItems = 5;

    private static readonly FeatureTable _table = new("locality");
    private static readonly int _nameNear = _table.PerCall(
        "name_near",
        "the value stands beside a word of its parameter's name",
        "Arguments with a scalar value of which one of the last three places in the conversation has a stem of the parameter's name "
        + "among the four words before or the two words after.");

    private static readonly int _cueBefore = _table.PerCall(
        "cue_before",
        "the value stands after a word that often introduces such a parameter",
        "Arguments with a scalar value of which one of the last three places has a word of slot_cues.txt for the parameter among the two "
        + "words before (from for an origin).");

    private static readonly int _descriptionNear = _table.PerCall(
        "description_near",
        "the value stands beside a word of its parameter's description",
        "As locality.name_near, with the stems of the parameter's description.");

    private static readonly int _otherNear = _table.PerCall(
        "other_near",
        "the value stands where the conversation speaks of another parameter",
        "Arguments without locality.name_near and locality.cue_before that have, in the same windows, a stem of another parameter's name "
        + "(1), or a cue for another parameter of the same type (0.5).");

    private static readonly int _spread = _table.Whole(
        "spread",
        "how far apart the values of one call stand",
        "Mean over several calls of the distance between the first and the last value that the conversation has in one place only, over "
        + "the number of words.");

    private static readonly int _functionDistance = _table.Whole(
        "function_distance",
        "how far a call's values stand from the words of its function's name",
        "Mean over calls of several functions of the least distance between values that the conversation has in one place only and stems "
        + "that no other function's name has, over the number of words.");

    private static readonly int _swapped = _table.Whole(
        "order_swapped",
        "the calls are in another order than their values in the conversation",
        "Share of the pairs of successive calls of which the mean place of the values goes back.");

    private static readonly int _listSwapped = _table.PerCall(
        "list_order_swapped",
        "the list has its items in another order than the conversation",
        "For each list the share of the pairs of successive items, among those with one place in the conversation, whose place goes back.");

    public override string Name => "locality";

    public override IReadOnlyList<FeatureDefinition> Features => _table.Features;

    public override void Extract(CandidateFacts candidate, FeatureSink sink)
    {
        Conversation conversation = candidate.Request.Conversation;
        var placed = new List<(FunctionFacts Function, List<int> Places)>();
        foreach (CallFacts call in candidate.Calls)
        {
            if (call.Function is not null)
            {
                var places = new List<int>();
                foreach (ArgumentFacts argument in call.Arguments)
                {
                    Add(argument, conversation, places, sink);
                }

                places.Sort();
                placed.Add((call.Function, places));
            }
        }

        if (candidate.Calls.Count > 1 && conversation.Words.Count > 0)
        {
            AddCalls(candidate, placed.FindAll(call => call.Places.Count > 0), sink);
        }
    }

    private static void Add(ArgumentFacts argument, Conversation conversation, List<int> places, FeatureSink sink)
    {
        if (argument.Value.ValueKind == JsonValueKind.Array)
        {
            int[] items =
            [
                .. argument.Value.EnumerateArray().Take(MaxItems).Select(item => Locate(item, conversation)).Where(found => found.Count == 1)
                    .Select(found => found[0].First),
            ];
            places.AddRange(items);
            sink.Add(_listSwapped, argument, items.Length < 2 ? 0 : items.Zip(items.Skip(1), (one, next) => next < one ? 1.0 : 0).Average());
            return;
        }

        IReadOnlyList<(int First, int Last)> all = Locate(argument.Value, conversation);
        if (argument.Parameter is null || all.Count == 0)
        {
            return;
        }

        if (all.Count == 1)
        {
            places.Add(all[0].First);
        }

        var near = new Surroundings(FunctionIndex.Of(argument.Call.Function!), argument.Parameter, conversation.Words);
        foreach ((int first, int last) in all.Skip(all.Count - MaxPlaces))
        {
            near.Look(first, last);
        }

        sink.Add(_nameNear, argument, near.HasName ? 1 : 0);
        sink.Add(_cueBefore, argument, near.HasCue ? 1 : 0);
        sink.Add(_descriptionNear, argument, near.HasDescription ? 1 : 0);
        sink.Add(_otherNear, argument, near.HasName || near.HasCue ? 0 : near.HasOtherName ? 1 : near.HasOtherCue ? 0.5 : 0);
    }

    private static IReadOnlyList<(int First, int Last)> Locate(JsonElement value, Conversation conversation) => value.ValueKind switch
    {
        JsonValueKind.Number => conversation.Locate(value.GetRawText()),
        JsonValueKind.String => conversation.Locate(value.GetString()!),
        _ => [],
    };

    private static void AddCalls(CandidateFacts candidate, List<(FunctionFacts Function, List<int> Places)> calls, FeatureSink sink)
    {
        double words = candidate.Request.Conversation.Words.Count;
        sink.Add(_spread, calls
            .Where(call => call.Places.Count > 1)
            .Select(call => (call.Places[^1] - call.Places[0]) / words).DefaultIfEmpty().Average());
        if (candidate.CalledFunctions.Count > 1)
        {
            sink.Add(_functionDistance, calls
                .Select(call => Distance(candidate.Request.Relevance.NamePlaces(call.Function), call.Places))
                .OfType<int>().Select(distance => distance / words).DefaultIfEmpty().Average());
        }

        if (calls.Count > 1)
        {
            double[] means = [.. calls.Select(call => call.Places.Average())];
            sink.Add(_swapped, Enumerable.Range(1, means.Length - 1).Count(i => means[i] < means[i - 1]) / (means.Length - 1.0));
        }
    }

    /// <summary>The least distance between numbers of two ascending lists.</summary>
    private static int? Distance(IReadOnlyList<int> left, List<int> right)
    {
        int? least = null;
        for (int i = 0, j = 0; i < left.Count && j < right.Count;)
        {
            least = Math.Min(least ?? int.MaxValue, Math.Abs(left[i] - right[j]));
            if (left[i] < right[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return least;
    }

    /// <summary>What is found around the places of a value.</summary>
    private sealed class Surroundings(FunctionIndex function, ParameterFacts parameter, IReadOnlyList<Word> words)
    {
        public bool HasName { get; private set; }

        public bool HasCue { get; private set; }

        public bool HasDescription { get; private set; }

        public bool HasOtherName { get; private set; }

        public bool HasOtherCue { get; private set; }

        public void Look(int first, int last)
        {
            for (int i = Math.Max(0, first - WordsBefore); i <= Math.Min(words.Count - 1, last + WordsAfter); i++)
            {
                if (i >= first && i <= last)
                {
                    i = last;
                    continue;
                }

                string stem = words[i].Stem;
                HasName |= parameter.NameStems.Contains(stem, StringComparer.Ordinal);
                HasDescription |= parameter.DescriptionStems.Contains(stem, StringComparer.Ordinal);
                HasOtherName |= function.IsOtherName(stem, parameter);
                if (i < first && i >= first - CueWords)
                {
                    HasCue |= parameter.SlotCues.Contains(stem);
                    HasOtherCue |= function.IsOtherCue(stem, parameter);
                }
            }
        }
    }
}
