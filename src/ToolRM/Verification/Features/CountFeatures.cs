using System.Text.Json;
using ToolRM.Verification.Demands;

namespace ToolRM.Verification.Features;

/// <summary>How many calls there are, against how many things are asked for, and whether calls repeat each other.</summary>
internal sealed class CountFeatures : FeatureFamily
{
    private const int MaxCues = 6, MaxLength = 6, MaxDifference = 4;

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
        "Calls that have fewer arguments than the call of the same function before or after them of that function, which has all of them with the same "
        + "values.");

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
        "Items of the longest list less the number of values (count.items_equal), from 0 to 4.");

    private static readonly int _aboveItems = _table.Whole(
        "above_items",
        "the request lists fewer items than there are values",
        "Number of values (count.items_equal) less items of the longest list, from 0 to 4; 0 without a list.");

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

    public override string Name => _table.Family;

    public override IReadOnlyList<FeatureDefinition> Features => _table.Definitions;
}
