namespace ToolRM.Scoring;

/// <summary>
/// Calls that wait, in the order of their turns: one request each, then again. Not safe for concurrent use: the owner locks.
/// </summary>
internal sealed class CallQueue
{
    private readonly LinkedList<ScoringCall> _calls = new();

    /// <summary>Tokens of all calls that are in no forest yet.</summary>
    public long WaitingTokens { get; private set; }

    /// <summary>The call whose turn is next; null if none waits.</summary>
    public ScoringCall? First => _calls.First?.Value;

    /// <summary>When the call that has waited longest was made, a timestamp; the queue must not be empty.</summary>
    public long OldestArrival => _calls.Min(call => call.Arrival);

    public void Add(ScoringCall call)
    {
        _calls.AddLast(call.Place);
        WaitingTokens += call.WaitingTokens;
    }

    /// <summary>Drops what waits of a call, if anything does.</summary>
    public void Remove(ScoringCall call)
    {
        if (call.Place.List is not null)
        {
            _calls.Remove(call.Place);
            WaitingTokens -= call.WaitingTokens;
        }
    }

    /// <summary>Moves requests into a forest, turn by turn, until the next does not fit.</summary>
    public void MoveTo(GatheredForest forest)
    {
        while (First is { } call)
        {
            long before = call.WaitingTokens;
            if (!forest.TryAdd(call))
            {
                return;
            }

            WaitingTokens -= before - call.WaitingTokens;
            _calls.RemoveFirst();
            if (call.HasMore)
            {
                _calls.AddLast(call.Place);
            }
        }
    }
}
