using ToolRM.Verification.Schemas;

namespace ToolRM.Verification;

/// <summary>A candidate with everything that is known of it: its calls matched with the tools, and its values with the conversation. Immutable.</summary>
internal sealed class CandidateFacts
{
    public CandidateFacts(RequestFacts request, Candidate candidate)
    {
        Request = request;
        Candidate = candidate;
        Calls = [.. candidate.Calls.Select((call, index) => new CallFacts(request, call, index))];
    }

    public RequestFacts Request { get; }

    public Candidate Candidate { get; }

    public IReadOnlyList<CallFacts> Calls { get; }

    /// <summary>The leaves of all arguments.</summary>
    public CandidateValues Values => field ??= new CandidateValues(Calls);

    /// <summary>The different functions that are called, in the order of their first calls.</summary>
    public IReadOnlyList<FunctionFacts> CalledFunctions => field ??= [.. Calls.Select(call => call.Function).OfType<FunctionFacts>().Distinct()];

    /// <summary>The stems of names, descriptions and parameters' names of the functions that are called.</summary>
    public IReadOnlySet<string> CalledStems => field ??= CalledFunctions
        .SelectMany(function => function.NameStems.Concat(function.DescriptionStems).Concat(function.ParameterStems))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether the candidate is a text that holds no calls.</summary>
    public bool IsText => Calls.Count == 0 && Candidate.Text is not null;
}
