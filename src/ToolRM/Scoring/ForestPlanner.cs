using ToolRM.Engines;

namespace ToolRM.Scoring;

/// <summary>Which candidate of which request a leaf is.</summary>
internal readonly record struct LeafOwner(int Request, int Candidate);

/// <summary>A forest to compute, and whom its rewards belong to.</summary>
internal sealed record PlannedForest(TokenForest Forest, IReadOnlyList<LeafOwner> Owners);

/// <summary>
/// Cuts requests into forests within a token budget. A prompt is computed once for all its candidates, unless they do not
/// fit into one forest together.
/// </summary>
internal static class ForestPlanner
{
    /// <summary>Plans the forests in the order of the requests.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="tokenBudget">Most tokens of a forest; a single candidate with its prompt may exceed it.</param>
    public static IEnumerable<PlannedForest> Plan(IReadOnlyList<EncodedRequest> requests, int tokenBudget)
    {
        var builder = new TokenForest.Builder();
        var owners = new List<LeafOwner>();
        for (int r = 0; r < requests.Count; r++)
        {
            EncodedRequest request = requests[r];
            int root = -1;
            for (int c = 0; c < request.Candidates.Length; c++)
            {
                int[] candidate = request.Candidates[c];
                int cost = candidate.Length + (root < 0 ? request.Prompt.Length : 0);
                if (owners.Count > 0 && builder.TokenCount + cost > tokenBudget)
                {
                    yield return new PlannedForest(builder.Build(), owners);
                    (builder, owners, root) = (new TokenForest.Builder(), [], -1);
                }

                if (root < 0 && request.Prompt.Length > 0)
                {
                    root = builder.Add(-1, request.Prompt, isLeaf: false);
                }

                builder.Add(root, candidate, isLeaf: true);
                owners.Add(new LeafOwner(r, c));
            }
        }

        if (owners.Count > 0)
        {
            yield return new PlannedForest(builder.Build(), owners);
        }
    }
}
