using ToolRM.Data;
using ToolRM.Scoring;
using ToolRM.Verification;

namespace ToolRM.Training;

/// <summary>Computes the features of pairs on several threads; the result does not depend on how many.</summary>
internal static class PairFeatures
{
    private const int PairsAtOnce = 512;

    /// <summary>The vectors of a stream of pairs, of which nothing else is kept in memory.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="threads">Threads to compute with.</param>
    /// <param name="pairsDone">Is called now and then with the number of pairs done.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<VectorPairs> ComputeAsync(
        IAsyncEnumerable<PreferencePair> pairs, int threads, Action<int>? pairsDone, CancellationToken cancellationToken)
    {
        var vectors = new VectorPairs();
        await foreach (PreferencePair[] batch in pairs.Chunk(PairsAtOnce).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            Append(batch, threads, vectors, cancellationToken);
            pairsDone?.Invoke(vectors.Count);
        }

        return vectors;
    }

    private static void Append(PreferencePair[] batch, int threads, VectorPairs vectors, CancellationToken cancellationToken)
    {
        var results = new (float[] Chosen, float[] Rejected)[batch.Length];
        ParallelWork.For(batch.Length, threads, i => results[i] = Compute(batch[i]), cancellationToken);
        for (int i = 0; i < batch.Length; i++)
        {
            vectors.Add(results[i].Chosen, results[i].Rejected, batch[i].Margin);
        }
    }

    private static (float[] Chosen, float[] Rejected) Compute(PreferencePair pair)
    {
        var request = new RequestFacts(pair.Prompt);
        return (Vector(request, pair.Chosen), Vector(request, pair.Rejected));
    }

    private static float[] Vector(RequestFacts request, Candidate candidate) =>
        Array.ConvertAll(FeatureSet.Compute(new CandidateFacts(request, candidate)), value => (float)value);
}
