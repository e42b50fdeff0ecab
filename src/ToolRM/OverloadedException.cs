namespace ToolRM;

/// <summary>
/// A model was asked while too much work was waiting already (<see cref="RewardModelOptions.MaxQueuedTokens"/>). Nothing was computed
/// for the call, and it may be made again.
/// </summary>
public sealed class OverloadedException : ToolRMException
{
    /// <summary>For reward models of your own; see the properties for the parameters.</summary>
    public OverloadedException(long queuedTokens, int maxQueuedTokens)
        : base(
            $"The model is overloaded: {queuedTokens} tokens are waiting to be scored, and calls are refused from {maxQueuedTokens} on "
            + "(RewardModelOptions.MaxQueuedTokens). Try again later, make fewer calls at a time, or raise the limit if callers may "
            + "wait longer.") =>
        (QueuedTokens, MaxQueuedTokens) = (queuedTokens, maxQueuedTokens);

    /// <summary>Tokens that were waiting, without those being computed. At least <see cref="MaxQueuedTokens"/>.</summary>
    public long QueuedTokens { get; }

    /// <summary>The limit from which calls are refused, in tokens.</summary>
    public int MaxQueuedTokens { get; }
}
