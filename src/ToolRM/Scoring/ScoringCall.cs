namespace ToolRM.Scoring;

/// <summary>Requests of one caller on their way through the queue. Not safe for concurrent use: the owner locks.</summary>
internal sealed class ScoringCall
{
    private readonly TaskCompletionSource<float[][]> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IReadOnlyList<EncodedRequest> _requests;
    private readonly float[][] _rewards;
    private int _nextRequest;
    private int _unscored;

    /// <param name="requests">At least one request, each with at least one candidate.</param>
    /// <param name="arrival">When the call was made, a timestamp.</param>
    public ScoringCall(IReadOnlyList<EncodedRequest> requests, long arrival)
    {
        (_requests, Arrival) = (requests, arrival);
        _rewards = new float[requests.Count][];
        for (int i = 0; i < _rewards.Length; i++)
        {
            int[][] candidates = requests[i].Candidates;
            _rewards[i] = new float[candidates.Length];
            _unscored += candidates.Length;
            WaitingTokens += requests[i].Prompt.Length + Length(candidates);
        }

        Place = new LinkedListNode<ScoringCall>(this);
    }

    public Task<float[][]> Task => _completion.Task;

    /// <summary>When the call was made, a timestamp.</summary>
    public long Arrival { get; }

    /// <summary>Tokens that are in no forest yet; a prompt counts until its last candidate is in one.</summary>
    public long WaitingTokens { get; private set; }

    /// <summary>Whether something is in no forest yet.</summary>
    public bool HasMore => _nextRequest < _requests.Count;

    /// <summary>Its place in a queue.</summary>
    public LinkedListNode<ScoringCall> Place { get; }

    /// <summary>Index of the first candidate of <see cref="NextRequest"/> that is in no forest yet.</summary>
    public int NextCandidate { get; private set; }

    /// <summary>Index of the first request that is not wholly in a forest.</summary>
    public int NextRequestIndex => _nextRequest;

    public EncodedRequest NextRequest => _requests[_nextRequest];

    /// <summary>Notes that the next candidates of the next request are in a forest now.</summary>
    public void Take(int count)
    {
        EncodedRequest request = NextRequest;
        WaitingTokens -= Length(request.Candidates.AsSpan(NextCandidate, count));
        NextCandidate += count;
        if (NextCandidate == request.Candidates.Length)
        {
            WaitingTokens -= request.Prompt.Length;
            (_nextRequest, NextCandidate) = (_nextRequest + 1, 0);
        }
    }

    /// <summary>Notes rewards of neighbouring candidates. The task is done when none is missing.</summary>
    public void SetRewards(int request, int firstCandidate, ReadOnlySpan<float> rewards)
    {
        rewards.CopyTo(_rewards[request].AsSpan(firstCandidate));
        _unscored -= rewards.Length;
        if (_unscored == 0)
        {
            _completion.TrySetResult(_rewards);
        }
    }

    /// <summary>Ends the task as cancelled; false if it has ended already.</summary>
    public bool TryCancel(CancellationToken token) => _completion.TrySetCanceled(token);

    /// <summary>Ends the task with an error; false if it has ended already.</summary>
    public bool TryFail(Exception error) => _completion.TrySetException(error);

    private static int Length(ReadOnlySpan<int[]> candidates)
    {
        int length = 0;
        foreach (int[] candidate in candidates)
        {
            length += candidate.Length;
        }

        return length;
    }
}
