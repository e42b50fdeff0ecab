using ToolRM.Verification.Schemas;

namespace ToolRM.Verification.Features;

/// <summary>Whether another function would have been the better choice, or is missing.</summary>
internal sealed class RivalFeatures : FeatureFamily
{
    /// <summary>Functions that a call is compared with, the best fitting ones.</summary>
    private const int MaxRivals = 16;

    private const int MaxActions = 4;

    /// <summary>Stems of a description by which functions are told apart.</summary>
    private const int MaxDescriptionStems = 64;

    private static readonly FeatureTable _table = new("rival");
    private static readonly int _acceptsArguments = _table.PerCall(
        "accepts_arguments",
        "share of the arguments that another function has parameters for",
        "The highest share of a call's arguments that one of the 16 best fitting other functions has parameters of the same names for.");

    private static readonly int _verb = _table.PerCall(
        "verb",
        "another function does what a verb of the request asks for, this one does not",
        "1 if the function has no verb of a kind that the newest user message has, but another function has; see function.verb_match.");

    private static readonly int _siblingContrast = _table.PerCall(
        "sibling_contrast",
        "what sets the function apart from a similar one is asked for more than what sets the other apart",
        "The lowest, over siblings, of the weighted share of stems of name and description that only the function has in the newest user "
        + "message, less the same of those that only the sibling has. Siblings are those of the 16 best fitting other functions whose "
        + "names share at least half of the shorter one's stems, or that have parameters of the same names as "
        + "all its required ones. At most 64 stems of a description count; 0 if there are no siblings.");

    private static readonly int _moreSpecific = _table.PerCall(
        "more_specific",
        "a similar function says more in its name, which the request says too",
        "1 if one of the 16 best fitting other functions has all stems of the function's name and more, one of them in the newest user "
        + "message.");

    private static readonly int _moreGeneral = _table.PerCall(
        "more_general",
        "the function says more in its name than a similar one, which the request does not say",
        "1 if all stems of the name of one of the 16 best fitting other functions are of the function's too, which has more, none of "
        + "them in the user's messages.");

    private static readonly int _restFits = _table.Whole(
        "rest_fits",
        "what is left over of the request fits a function that is not called",
        "The highest share, over the 16 best fitting functions that are not called, of its name's weighted stems among the stems of the "
        + "newest user message that neither arguments nor called functions contain.");

    private static readonly int _actionsUnserved = _table.Whole(
        "actions_unserved",
        "the request asks for something that only a function does which is not called",
        "Clauses of the newest user message, at most 4, that begin with a verb of a kind that no called function has, but another has.");

    private static readonly int _best = _table.Whole(
        "best_uncalled",
        "how well the best function fits that is not called",
        "The highest function.relevance of the functions that are not called; 0 if all are.");

    public override string Name => "rival";

    public override IReadOnlyList<FeatureDefinition> Features => _table.Features;

    public override void Extract(CandidateFacts candidate, FeatureSink sink)
    {
        if (candidate.Request.Relevance.Ranked.Count < 2)
        {
            return;
        }

        uint offered = candidate.Request.Functions.Aggregate(0u, (kinds, function) => kinds | FunctionIndex.Of(function).Verbs);
        uint asked = candidate.Request.Demands.Verbs;
        var comparisons = new Dictionary<string, Comparison>(StringComparer.Ordinal);
        foreach (CallFacts call in candidate.Calls)
        {
            if (call.Function is { } function)
            {
                if (!comparisons.TryGetValue(function.Name, out Comparison comparison))
                {
                    comparison = Compare(candidate.Request, function);
                    comparisons.Add(function.Name, comparison);
                }

                sink.Add(_acceptsArguments, call, AcceptedShare(candidate.Request, call, function));
                sink.Add(_verb, call, (FunctionIndex.Of(function).Verbs & asked) == 0 && (offered & asked) != 0 ? 1 : 0);
                sink.Add(_siblingContrast, call, comparison.Contrast);
                sink.Add(_moreSpecific, call, comparison.IsOtherMoreSpecific ? 1 : 0);
                sink.Add(_moreGeneral, call, comparison.IsOtherMoreGeneral ? 1 : 0);
            }
        }

        AddUncalled(candidate, offered, sink);
    }

    private static IEnumerable<FunctionFacts> Rivals(RequestFacts request, FunctionFacts function) =>
        request.Relevance.Ranked.Where(rival => rival.Name != function.Name).Take(MaxRivals);

    private static double AcceptedShare(RequestFacts request, CallFacts call, FunctionFacts function) => call.Arguments.Count == 0 ? 0
        : Rivals(request, function)
            .Max(rival => (double)call.Arguments.Count(argument => rival.Has(argument.Name)) / call.Arguments.Count);

    private static Comparison Compare(RequestFacts request, FunctionFacts function)
    {
        double contrast = double.PositiveInfinity;
        bool isOtherMoreSpecific = false, isOtherMoreGeneral = false;
        foreach (FunctionFacts rival in Rivals(request, function))
        {
            int common = function.NameStems.Count(rival.NameStems.Contains);
            int shorter = Math.Min(function.NameStems.Count, rival.NameStems.Count);
            if ((common > 0 && common * 2 >= shorter) || AcceptsRequired(rival, function))
            {
                contrast = Math.Min(contrast, Contrast(request, function, rival) - Contrast(request, rival, function));
            }

            isOtherMoreSpecific |= common > 0 && common == function.NameStems.Count && rival.NameStems.Any(stem =>
                !function.NameStems.Contains(stem) && request.Conversation.LastTurnStems.Contains(stem));
            isOtherMoreGeneral |= common > 0 && common == rival.NameStems.Count && common < function.NameStems.Count
                && !function.NameStems.Any(stem => !rival.NameStems.Contains(stem) && request.Conversation.UserStems.Contains(stem));
        }

        return new Comparison(double.IsFinite(contrast) ? contrast : 0, isOtherMoreSpecific, isOtherMoreGeneral);
    }

    private static bool AcceptsRequired(FunctionFacts rival, FunctionFacts function) => function.RequiredCount > 0
        && function.Parameters.All(parameter => !parameter.IsRequired || rival.Has(parameter.Name));

    /// <summary>Weighted share, in the newest message, of what sets a function apart from another.</summary>
    private static double Contrast(RequestFacts request, FunctionFacts function, FunctionFacts other) => request.Relevance.Share(
        function.NameStems.Union(function.DescriptionStems.Take(MaxDescriptionStems))
            .Where(stem => !other.NameStems.Contains(stem) && !other.DescriptionStems.Contains(stem)),
        request.Conversation.LastTurnStems);

    private static void AddUncalled(CandidateFacts candidate, uint offered, FeatureSink sink)
    {
        RequestFacts request = candidate.Request;
        uint served = candidate.CalledFunctions.Aggregate(0u, (kinds, function) => kinds | FunctionIndex.Of(function).Verbs);
        int unserved = request.Demands.Actions.Count(action => (action & served) == 0 && (action & offered) != 0);
        sink.Add(_actionsUnserved, Math.Min(MaxActions, unserved));

        HashSet<string> called = [.. candidate.CalledFunctions.Select(function => function.Name)];
        HashSet<string> rest = [.. request.Demands.Content.Where(stem =>
            !candidate.Values.Stems.Contains(stem) && !candidate.CalledStems.Contains(stem))];
        FunctionFacts[] uncalled = [.. request.Relevance.Ranked.Where(function => !called.Contains(function.Name)).Take(MaxRivals)];
        sink.Add(_restFits, uncalled.Select(function => request.Relevance.Share(function.NameStems, rest)).DefaultIfEmpty().Max());
        sink.Add(_best, uncalled.Select(function => request.Relevance.Of(function).Newest).FirstOrDefault());
    }

    /// <summary>What the best fitting other functions say of a function.</summary>
    private readonly record struct Comparison(double Contrast, bool IsOtherMoreSpecific, bool IsOtherMoreGeneral);
}
