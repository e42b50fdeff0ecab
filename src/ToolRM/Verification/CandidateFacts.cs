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

    /// <summary>Whether the candidate is a text that holds no calls.</summary>
    public bool IsText => Candidate.Calls.Count == 0 && Candidate.Text is not null;
}
