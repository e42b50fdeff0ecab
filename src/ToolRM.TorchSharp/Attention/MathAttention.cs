using TorchSharp;
using static TorchSharp.torch;

namespace ToolRM.TorchSharp.Attention;

/// <summary>Attention written out: scores, softmax in float32, weighted values; some queries at a time, so that scores stay small.</summary>
internal sealed class MathAttention : IAttention
{
    /// <summary>Scores held at a time.</summary>
    private const long MaxScores = 1L << 26;

    public Tensor Causal(Tensor queries, Tensor keys, Tensor values)
    {
        // A block of queries needs no keys after its last one.
        return InBlocks(queries, keys, values, (first, count) =>
        {
            Tensor key = Numbers.Count(0, first + count, queries.device), token = Numbers.Count(first, first + count, queries.device);
            return key.unsqueeze(0).gt(token.unsqueeze(1));
        });
    }

    public Tensor Masked(Tensor queries, Tensor keys, Tensor values, Tensor mask) =>
        InBlocks(queries, keys, values, (first, count) => mask.narrow(0, first, count));

    /// <summary>True where a key is hidden.</summary>
    public Tensor Mask(Tensor visible) => visible.logical_not();

    private static Tensor InBlocks(Tensor queries, Tensor keys, Tensor values, Func<long, long, Tensor> hidden)
    {
        long[] shape = queries.shape;
        long tokens = shape[2], most = Math.Max(1, MaxScores / (shape[0] * shape[1] * keys.shape[2]));
        var blocks = new List<Tensor>();
        for (long first = 0; first < tokens; first += most)
        {
            long count = Math.Min(most, tokens - first);
            using DisposeScope scope = NewDisposeScope();
            blocks.Add(Block(queries.narrow(2, first, count), keys, values, hidden(first, count)).MoveToOuterDisposeScope());
        }

        return blocks.Count == 1 ? blocks[0] : cat(blocks, 2);
    }

    /// <param name="queries">Some tokens' queries.</param>
    /// <param name="keys">Keys; those after the hidden mask's last column are not seen.</param>
    /// <param name="values">Values.</param>
    /// <param name="hidden">[queries, keys], true where a key is hidden.</param>
    private static Tensor Block(Tensor queries, Tensor keys, Tensor values, Tensor hidden)
    {
        long batch = queries.shape[0], heads = queries.shape[1], tokens = queries.shape[2], size = queries.shape[3];
        long keyHeads = keys.shape[1], group = heads / keyHeads, seen = hidden.shape[1];

        // The query heads that share a key head are rows of one product with it.
        Tensor q = queries.Times(1 / Math.Sqrt(size)).reshape(batch * keyHeads, group * tokens, size);
        Tensor k = keys.narrow(2, 0, seen).reshape(batch * keyHeads, seen, size);
        Tensor v = values.narrow(2, 0, seen).reshape(batch * keyHeads, seen, size);
        Tensor scores = q.bmm(k.transpose(1, 2)).to_type(ScalarType.Float32).view(batch * heads, tokens, seen);
        Tensor weights = scores.Hide(hidden).softmax(-1).to_type(queries.dtype);
        return weights.view(batch * keyHeads, group * tokens, seen).bmm(v).view(batch, heads, tokens, size);
    }
}
