using ToolRM.Engines;
using ToolRM.TorchSharp.Attention;
using static TorchSharp.torch;

namespace ToolRM.TorchSharp.Rows;

/// <summary>
/// As many rows for each leaf as the longest sequence has tokens: the leaf's whole sequence, then rows that nothing sees, because
/// attention is causal.
/// </summary>
internal sealed class PaddedRows : ForestRows
{
    private readonly IAttention _attention;
    private readonly int _sequences;

    private PaddedRows(IAttention attention, int sequences) => (_attention, _sequences) = (attention, sequences);

    public static PaddedRows Create(TokenForest forest, int? padTokenId, IAttention attention, Device device)
    {
        int length = forest.LongestPath, sequences = forest.Leaves.Length;
        long[] tokens = new long[sequences * length], positions = new long[tokens.Length], pooled = new long[sequences];
        for (int leaf = 0; leaf < sequences; leaf++)
        {
            int start = leaf * length, pooledToken = forest.PooledToken(leaf, padTokenId);
            for (int s = forest.Leaves[leaf]; s >= 0; s = forest.Segments[s].Parent)
            {
                Segment segment = forest.Segments[s];
                for (int i = 0; i < segment.Length; i++)
                {
                    tokens[start + segment.Position + i] = forest.Tokens[segment.Start + i];
                }

                if (pooledToken >= segment.Start && pooledToken < segment.Start + segment.Length)
                {
                    pooled[leaf] = start + segment.Position + pooledToken - segment.Start;
                }
            }

            for (int i = 0; i < length; i++)
            {
                positions[start + i] = i;
            }
        }

        return new PaddedRows(attention, sequences)
        {
            Tokens = Indices(tokens, device), Positions = Indices(positions, device), Pooled = Indices(pooled, device), LongestPath = length,
        };
    }

    public override Tensor Attend(Tensor queries, Tensor keys, Tensor values)
    {
        long heads = queries.shape[1], size = queries.shape[2];
        Tensor result = _attention.Causal(Sequences(queries), Sequences(keys), Sequences(values));
        return result.transpose(1, 2).reshape(-1, heads * size);
    }

    private Tensor Sequences(Tensor rows) => rows.view(_sequences, LongestPath, rows.shape[1], rows.shape[2]).transpose(1, 2);
}
