using ToolRM.Verification.Schemas;

namespace ToolRM.Verification.Features;

/// <summary>Whether the functions called are those that are asked for.</summary>
internal sealed class FunctionFeatures : FeatureFamily
{
    private static readonly FeatureTable _table = new("function");
    private static readonly int _relevance = _table.PerCall(
        "relevance",
        "how well the function's words fit the newest message",
        "Share of the stems of the function's name in the newest user message, plus a third of the weight of matching stems of its description "
        + "over the norm of all, plus a sixth of the same of its parameters' names. A stem weighs the logarithm of 1 + tools / tools that have it.");

    private static readonly int _relevanceUser = _table.PerCall(
        "relevance_user",
        "how well the function's words fit all the user said",
        "As function.relevance, in all messages of the user.");

    private static readonly int _margin = _table.PerCall(
        "relevance_margin",
        "how far the function fits the newest message better than the best other one",
        "function.relevance less the highest of the other functions; 0 if there is no other.");

    private static readonly int _marginUser = _table.PerCall(
        "relevance_user_margin",
        "how far the function fits all the user said better than the best other one",
        "function.relevance_user less the highest of the other functions; 0 if there is no other.");

    private static readonly int _marginAnything = _table.PerCall(
        "relevance_conversation_margin",
        "how far the function fits the conversation better than the best other one",
        "As function.relevance_margin, in the whole conversation.");

    private static readonly int _isBest = _table.PerCall(
        "is_best",
        "no other function fits the newest message better",
        "1 if there are other functions and none has a higher function.relevance.");

    private static readonly int _betterRivals = _table.PerCall(
        "better_rivals",
        "other functions fit the newest message better",
        "The logarithm of 1 + the number of functions with a higher function.relevance.");

    private static readonly int _nameShare = _table.PerCall(
        "name_share",
        "share of the words of the function's name that the newest message contains",
        "Weighted share of the stems of the function's name in the newest user message.");

    private static readonly int _nameMargin = _table.PerCall(
        "name_margin",
        "how far more of the function's name is in the newest message than of any other's",
        "function.name_share less the highest of the other functions; 0 if there is no other.");

    private static readonly int _nameUnmentioned = _table.PerCall(
        "name_unmentioned",
        "the user says nothing of this function's name, but something of another's",
        "1 if no message of the user has a stem of the function's name, and the newest has one of another function's name.");

    private static readonly int _parameterFit = _table.PerCall(
        "parameter_fit",
        "how well the names of the function's parameters fit the newest message",
        "A third of the weight of the stems of its parameters' names in the newest user message over the norm of all.");

    private static readonly int _requiredShare = _table.PerCall(
        "required_share",
        "share of the function's parameters that are required",
        "Required parameters over all parameters of the function; 0 if it has none.");

    private static readonly int _verbMatch = _table.PerCall(
        "verb_match",
        "the function does what a verb of the request asks for",
        "1 if the first six words of the function's name, or of its description's first three if the name has no verb, and the newest user "
        + "message have verbs of one kind.");

    private static readonly int _verbMismatch = _table.PerCall(
        "verb_mismatch",
        "the function does nothing that a verb of the request asks for",
        "1 if both have verbs, but of no common kind.");

    private static readonly int _actionMatch = _table.PerCall(
        "action_match",
        "the function does what a clause of the request begins with",
        "As function.verb_match, with the verbs only that clauses of the newest user message begin with.");

    private static readonly int _actionMismatch = _table.PerCall(
        "action_mismatch",
        "the function does nothing that a clause of the request begins with",
        "As function.verb_mismatch, with the verbs only that clauses of the newest user message begin with.");

    private static readonly int _weakest = _table.Whole(
        "weakest_relevance",
        "how well the least fitting of several calls fits",
        "The lowest function.relevance of the calls; 0 unless there are several.");

    private static readonly int _weakestMargin = _table.Whole(
        "weakest_margin",
        "how far the least fitting of several calls is behind the best function",
        "The lowest function.relevance_margin of the calls; 0 unless there are several.");

    public override string Name => "function";

    public override IReadOnlyList<FeatureDefinition> Features => _table.Features;

    public override void Extract(CandidateFacts candidate, FeatureSink sink)
    {
        RequestFacts request = candidate.Request;
        uint actions = request.Demands.Actions.Aggregate(0u, (kinds, action) => kinds | action);
        double weakest = double.PositiveInfinity, weakestMargin = double.PositiveInfinity;
        foreach (CallFacts call in candidate.Calls)
        {
            if (call.Function is { } function)
            {
                AddFit(request.Relevance, call, function, sink);
                uint verbs = FunctionIndex.Of(function).Verbs;
                AddVerbs(call, verbs, request.Demands.Verbs, (_verbMatch, _verbMismatch), sink);
                AddVerbs(call, verbs, actions, (_actionMatch, _actionMismatch), sink);
                sink.Add(_requiredShare, call, (double)function.RequiredCount / Math.Max(1, function.Parameters.Count));
                weakest = Math.Min(weakest, request.Relevance.Of(function).Newest);
                weakestMargin = Math.Min(weakestMargin, request.Relevance.Margin(function).Newest);
            }
        }

        if (candidate.Calls.Count > 1 && candidate.CalledFunctions.Count > 0)
        {
            sink.Add(_weakest, weakest);
            sink.Add(_weakestMargin, weakestMargin);
        }
    }

    private static void AddFit(FunctionRelevance relevance, CallFacts call, FunctionFacts function, FeatureSink sink)
    {
        FunctionFit fit = relevance.Of(function);
        FunctionMargin margin = relevance.Margin(function);
        int better = relevance.Rank(function);
        sink.Add(_relevance, call, fit.Newest);
        sink.Add(_relevanceUser, call, fit.User);
        sink.Add(_margin, call, margin.Newest);
        sink.Add(_marginUser, call, margin.User);
        sink.Add(_marginAnything, call, margin.Anything);
        sink.Add(_isBest, call, better == 0 && relevance.Ranked.Count > 1 ? 1 : 0);
        sink.Add(_betterRivals, call, Math.Log(1 + better));
        sink.Add(_nameShare, call, fit.NewestName);
        sink.Add(_nameMargin, call, margin.NewestName);
        sink.Add(_nameUnmentioned, call, fit.UserName == 0 && margin.NewestName < 0 ? 1 : 0);
        sink.Add(_parameterFit, call, fit.NewestParameters);
    }

    private static void AddVerbs(CallFacts call, uint own, uint asked, (int Match, int Mismatch) features, FeatureSink sink)
    {
        if (own != 0 && asked != 0)
        {
            sink.Add((own & asked) != 0 ? features.Match : features.Mismatch, call);
        }
    }
}
