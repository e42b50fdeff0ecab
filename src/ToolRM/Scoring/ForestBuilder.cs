using ToolRM.Engines;

namespace ToolRM.Scoring;

/// <summary>
/// Fills forests with requests, within a token budget. A prompt is computed once for all its candidates, unless they do not
/// fit into one forest together; what a cache knows of it is not computed at all.
/// </summary>
/// <param name="tokenBudget">Most tokens of a forest; a single candidate with its prompt may exceed it.</param>
/// <param name="cache">Prompts of earlier forests; <see langword="null"/> to keep none. Owned by the builder.</param>
/// <param name="padTokenId">The padding token, if there is one.</param>
internal sealed class ForestBuilder(int tokenBudget, PrefixCache? cache = null, int? padTokenId = null) : IDisposable
{
    private readonly TokenForest.Builder _forest = new();
    private readonly List<PrefixLease> _leases = [];

    /// <summary>
    /// Adds a request's candidates from <paramref name="first"/> on: all of them, or, where even an empty forest is too small for that,
    /// as many as fit into an empty one.
    /// </summary>
    /// <returns>The number of candidates added; 0 if the forest must be computed first.</returns>
    public int TryAdd(EncodedRequest request, int first)
    {
        bool isCached = cache is not null && request.Candidates.All(IsText);
        int count = CountFitting(request, first, isCached ? cache!.KnownTokens(request.Prompt) : 0);
        if (count > 0)
        {
            int root = isCached ? AddKnownPrompt(cache!, request.Prompt) : AddPrompt(-1, request.Prompt, blocks: null);
            foreach (int[] candidate in request.Candidates.AsSpan(first, count))
            {
                _forest.Add(root, candidate, isLeaf: true);
            }
        }

        return count;
    }

    /// <summary>The forest; it is valid until the next <see cref="Clear"/>.</summary>
    public TokenForest Build() => _forest.Build();

    /// <summary>Begins the next forest.</summary>
    /// <param name="isComputed">Whether the forest was computed, so that its prompts are known from now on.</param>
    public void Clear(bool isComputed)
    {
        _forest.Clear();
        foreach (PrefixLease lease in _leases)
        {
            cache!.Return(lease, isComputed);
        }

        _leases.Clear();
    }

    public void Dispose() => cache?.Dispose();

    private int CountFitting(EncodedRequest request, int first, int knownTokens)
    {
        int room = tokenBudget - _forest.TokenCount - (request.Prompt.Length - knownTokens), next = first;
        while (next < request.Candidates.Length && request.Candidates[next].Length <= room)
        {
            room -= request.Candidates[next++].Length;
        }

        bool isEmpty = _forest.TokenCount == 0;
        return next == request.Candidates.Length ? next - first : isEmpty ? Math.Max(next - first, 1) : 0;
    }

    /// <summary>A candidate of padding alone is scored at a token of the prompt, which must be computed then.</summary>
    private bool IsText(int[] candidate) => padTokenId is not { } pad || candidate.AsSpan().ContainsAnyExcept(pad);

    private int AddKnownPrompt(PrefixCache prompts, int[] prompt)
    {
        PrefixLease lease = prompts.Lease(prompt);
        _leases.Add(lease);
        int root = lease.Known.Count == 0 ? -1 : _forest.AddCached(lease.Known);
        return AddPrompt(root, prompt.AsSpan(lease.Known.Count * IPrefixBlock.Tokens), lease.Fresh);
    }

    /// <summary>Makes a segment of a prompt, or of the rest of it, and returns the one that its candidates continue; -1 if all is empty.</summary>
    private int AddPrompt(int root, ReadOnlySpan<int> prompt, IReadOnlyList<IPrefixBlock>? blocks) =>
        prompt.IsEmpty ? root : _forest.Add(root, prompt, isLeaf: false, blocks);
}
