using System.Runtime.InteropServices;
using ToolRM.Verification.Schemas;
using ToolRM.Verification.Text;

namespace ToolRM.Verification;

/// <summary>
/// How well the functions of a request fit what is asked. Words that few of the tools have weigh more. Immutable; computed in time
/// linear in the catalog, but for the sorting of the functions.
/// </summary>
internal sealed class FunctionRelevance
{
    private readonly Dictionary<string, double> _weights = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FunctionFit> _fits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _ranks = new(StringComparer.Ordinal);
    private Dictionary<string, List<int>>? _namePlaces;
    private TopTwo _newest = new(), _user = new(), _anything = new(), _newestName = new();

    public FunctionRelevance(RequestFacts request)
    {
        Request = request;
        FunctionFacts[] functions = [.. request.Functions.DistinctBy(function => function.Name, StringComparer.Ordinal)];
        Weigh(functions);
        foreach (FunctionFacts function in functions)
        {
            FunctionFit fit = Fit(function, request.Conversation);
            _fits.Add(function.Name, fit);
            _newest.Add(fit.Newest);
            _user.Add(fit.User);
            _anything.Add(fit.Anything);
            _newestName.Add(fit.NewestName);
        }

        // Sorting is stable: functions that fit alike keep their order.
        Ranked = [.. functions.OrderByDescending(function => Of(function).Newest).ThenByDescending(function => Of(function).User)];
        for (int i = 0; i < Ranked.Count; i++)
        {
            bool isTie = i > 0 && Of(Ranked[i]).Newest == Of(Ranked[i - 1]).Newest;
            _ranks.Add(Ranked[i].Name, isTie ? _ranks[Ranked[i - 1].Name] : i);
        }
    }

    public RequestFacts Request { get; }

    /// <summary>All functions, the best fitting first; one of each name.</summary>
    public IReadOnlyList<FunctionFacts> Ranked { get; }

    /// <summary>How well a function of the request fits.</summary>
    public FunctionFit Of(FunctionFacts function) => _fits[function.Name];

    /// <summary>Number of functions that fit the newest message better.</summary>
    public int Rank(FunctionFacts function) => _ranks[function.Name];

    /// <summary>How far a function is ahead of the best other one.</summary>
    public FunctionMargin Margin(FunctionFacts function)
    {
        FunctionFit fit = Of(function);
        return new FunctionMargin(
            _newest.Margin(fit.Newest), _user.Margin(fit.User), _anything.Margin(fit.Anything), _newestName.Margin(fit.NewestName));
    }

    /// <summary>The functions that are not called, the best fitting first.</summary>
    public IReadOnlyList<FunctionFacts> Rivals(IReadOnlySet<string> called) =>
        [.. Ranked.Where(function => !called.Contains(function.Name))];

    /// <summary>
    /// For a function the ascending indices of words of the conversation whose stems only its name has, of all functions' names.
    /// </summary>
    public IReadOnlyList<int> NamePlaces(FunctionFacts function)
    {
        _namePlaces ??= FindNamePlaces();
        return _namePlaces.GetValueOrDefault(function.Name) ?? [];
    }

    /// <summary>
    /// What a stem tells of a tool: the logarithm of 1 + tools / tools that have it in name, description or parameters' names; 0 if
    /// none has it.
    /// </summary>
    public double Weight(string stem) => _weights.GetValueOrDefault(stem);

    /// <summary>Share of the stems' weight, 0 to 1, that is of stems in a text; 0 if there are no stems.</summary>
    public double Share(IEnumerable<string> stems, IReadOnlySet<string> text)
    {
        (double found, double all, _) = Sum(stems, text);
        return all > 0 ? found / all : 0;
    }

    private Dictionary<string, List<int>> FindNamePlaces()
    {
        var owners = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (FunctionFacts function in Ranked)
        {
            foreach (string stem in function.NameStems)
            {
                owners[stem] = owners.ContainsKey(stem) ? null : function.Name;
            }
        }

        var places = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        IReadOnlyList<Word> words = Request.Conversation.Words;
        for (int i = 0; i < words.Count; i++)
        {
            if (owners.GetValueOrDefault(words[i].Stem) is { } owner)
            {
                ref List<int>? list = ref CollectionsMarshal.GetValueRefOrAddDefault(places, owner, out _);
                (list ??= []).Add(i);
            }
        }

        return places;
    }

    private FunctionFit Fit(FunctionFacts function, Conversation conversation)
    {
        double newestName = Share(function.NameStems, conversation.LastTurnStems);
        double newestParameters = Match(function.ParameterStems, conversation.LastTurnStems);
        double userName = Share(function.NameStems, conversation.UserStems);
        return new FunctionFit(
            newestName + Match(function.DescriptionStems, conversation.LastTurnStems) + (newestParameters / 2),
            userName + Match(function.DescriptionStems, conversation.UserStems)
                + (Match(function.ParameterStems, conversation.UserStems) / 2),
            Share(function.NameStems, conversation.Stems) + Match(function.DescriptionStems, conversation.Stems)
                + (Match(function.ParameterStems, conversation.Stems) / 2),
            newestName,
            userName,
            newestParameters);
    }

    private void Weigh(FunctionFacts[] functions)
    {
        foreach (FunctionFacts function in functions)
        {
            foreach (string stem in function.NameStems.Union(function.DescriptionStems).Union(function.ParameterStems))
            {
                _weights[stem] = _weights.GetValueOrDefault(stem) + 1;
            }
        }

        foreach (string stem in _weights.Keys.ToArray())
        {
            _weights[stem] = Math.Log(1 + (functions.Length / _weights[stem]));
        }
    }

    /// <summary>A third of the weight of the stems in the text over the norm of all. Long descriptions lose less than by a share.</summary>
    private double Match(IEnumerable<string> stems, IReadOnlySet<string> text)
    {
        (double found, _, double squares) = Sum(stems, text);
        return squares > 0 ? found / Math.Sqrt(squares) / 3 : 0;
    }

    private (double Found, double All, double Squares) Sum(IEnumerable<string> stems, IReadOnlySet<string> text)
    {
        double found = 0, all = 0, squares = 0;
        foreach (string stem in stems)
        {
            double weight = Weight(stem);
            all += weight;
            squares += weight * weight;
            found += text.Contains(stem) ? weight : 0;
        }

        return (found, all, squares);
    }
}
