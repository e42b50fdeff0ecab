using ToolRM.Verification.Schemas;

namespace ToolRM.Verification;

/// <summary>
/// A candidate with everything that is known of it, worked out when it is first asked for: its calls matched with the tools,
/// and its values with the conversation.
/// </summary>
internal sealed class CandidateFacts(RequestFacts request, Candidate candidate)
{
    public RequestFacts Request { get; } = request;

    public Candidate Candidate { get; } = candidate;

    public IReadOnlyList<CallFacts> Calls => field ??= [.. Candidate.Calls.Select((call, index) => new CallFacts(Request, call, index))];

    /// <summary>The leaves of all arguments.</summary>
    public CandidateValues Values => field ??= new CandidateValues(Calls);

    /// <summary>The different functions that are called, in the order of their first calls.</summary>
    public IReadOnlyList<FunctionFacts> CalledFunctions =>
        field ??= [.. Calls.Select(call => call.Function).OfType<FunctionFacts>().Distinct()];

    /// <summary>The stems of names, descriptions and parameters' names of the functions that are called.</summary>
    public IReadOnlySet<string> CalledStems => field ??= CalledFunctions
        .SelectMany(function => function.NameStems.Concat(function.DescriptionStems).Concat(function.ParameterStems))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether the candidate is a text that holds no calls.</summary>
    public bool IsText => Candidate.Calls.Count == 0 && Candidate.Text is not null;
}
