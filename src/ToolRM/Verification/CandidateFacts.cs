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

    /// <summary>Whether the candidate is a text that holds no calls.</summary>
    public bool IsText => Calls.Count == 0 && Candidate.Text is not null;
}
