using ToolRM.Engines;

namespace ToolRM.Scoring;

/// <summary>
/// Fills forests with requests, within a token budget. A prompt is computed once for all its candidates, unless they do not
/// fit into one forest together.
/// </summary>
/// <param name="tokenBudget">Most tokens of a forest; a single candidate with its prompt may exceed it.</param>
internal sealed class ForestBuilder(int tokenBudget)
{
    private readonly TokenForest.Builder _forest = new();

    /// <summary>
    /// Adds a request's candidates from <paramref name="first"/> on: all of them, or, where even an empty forest is too small for that,
    /// as many as fit into an empty one.
    /// </summary>
    /// <returns>The number of candidates added; 0 if the forest must be computed first.</returns>
    public int TryAdd(EncodedRequest request, int first)
    {
        int count = CountFitting(request, first);
        if (count > 0)
        {
            int root = AddPrompt(request.Prompt);
            foreach (int[] candidate in request.Candidates.AsSpan(first, count))
            {
                _forest.Add(root, candidate, isLeaf: true);
            }
        }

        return count;
    }

    /// <summary>The forest; the builder is empty afterwards.</summary>
    public TokenForest Build()
    {
        TokenForest forest = _forest.Build();
        _forest.Clear();
        return forest;
    }

    private int CountFitting(EncodedRequest request, int first)
    {
        int room = tokenBudget - _forest.TokenCount - request.Prompt.Length, next = first;
        while (next < request.Candidates.Length && request.Candidates[next].Length <= room)
        {
            room -= request.Candidates[next++].Length;
        }

        bool isEmpty = _forest.TokenCount == 0;
        return next == request.Candidates.Length ? next - first : isEmpty ? Math.Max(next - first, 1) : 0;
    }

    /// <summary>Makes segments of a prompt and returns the one that its candidates continue; -1 if the prompt is empty.</summary>
    private int AddPrompt(int[] prompt) => prompt.Length == 0 ? -1 : _forest.Add(-1, prompt, isLeaf: false);
}
