using ToolRM.Engines;
using ToolRM.TorchSharp.Attention;
using TorchSharp;
using static TorchSharp.torch;

namespace ToolRM.TorchSharp.Rows;

/// <summary>
/// A row for each token of the forest. Attention goes group by group: the tokens of a tree's trunk are causal among themselves, and
/// the rest sees the group's rows through a mask.
/// </summary>
internal sealed class PackedRows : ForestRows
{
    /// <summary>
    /// Below it, the time of several small products is mostly that of starting them; above it, that of the scores between trees, which
    /// nothing needs. A processor starts sooner and computes longer.
    /// </summary>
    private const int MostTokensOfSeveralTrees = 1024, MostTokensOnProcessor = 128;

    private readonly IAttention _attention;
    private readonly List<(TreeGroup Group, Tensor? Mask)> _groups;

    private PackedRows(IAttention attention, List<(TreeGroup, Tensor?)> groups) => (_attention, _groups) = (attention, groups);

    public static PackedRows Create(TokenForest forest, int? padTokenId, IAttention attention, Device device)
    {
        int rows = forest.Tokens.Length;
        long[] tokens = new long[rows], positions = new long[rows], pooled = new long[forest.Leaves.Length];
        foreach (Segment segment in forest.Segments)
        {
            for (int i = 0; i < segment.Length; i++)
            {
                tokens[segment.Start + i] = forest.Tokens[segment.Start + i];
                positions[segment.Start + i] = segment.Position + i;
            }
        }

        for (int leaf = 0; leaf < pooled.Length; leaf++)
        {
            pooled[leaf] = forest.PooledToken(leaf, padTokenId);
        }

        int most = device.type == DeviceType.CPU ? MostTokensOnProcessor : MostTokensOfSeveralTrees;
        List<(TreeGroup, Tensor?)> groups =
        [
            .. TreeGroup.Of(forest, most).Select(group => (
                group, group.Trunk == group.Tokens ? null : attention.Mask(Visible(forest, group, device)))),
        ];
        return new PackedRows(attention, groups)
        {
            Tokens = Indices(tokens, device), Positions = Indices(positions, device), Pooled = Indices(pooled, device),
            LongestPath = forest.LongestPath,
        };
    }

    public override IEnumerable<Tensor> Tensors => [.. base.Tensors, .. _groups.Select(group => group.Mask).OfType<Tensor>()];

    public override Tensor Attend(Tensor queries, Tensor keys, Tensor values)
    {
        var results = new List<Tensor>();
        foreach ((TreeGroup group, Tensor? mask) in _groups)
        {
            Tensor q = Heads(queries, group), k = Heads(keys, group), v = Heads(values, group);
            if (group.Trunk > 0)
            {
                results.Add(Rows(_attention.Causal(q.narrow(2, 0, group.Trunk), k.narrow(2, 0, group.Trunk), v.narrow(2, 0, group.Trunk))));
            }

            if (mask is not null)
            {
                results.Add(Rows(_attention.Masked(q.narrow(2, group.Trunk, group.Tokens - group.Trunk), k, v, mask)));
            }
        }

        return results.Count == 1 ? results[0] : cat(results, 0);
    }

    private static Tensor Heads(Tensor rows, TreeGroup group) => rows.narrow(0, group.FirstRow, group.Tokens).transpose(0, 1).unsqueeze(0);

    private static Tensor Rows(Tensor heads) => heads.squeeze(0).transpose(0, 1).reshape(heads.shape[2], heads.shape[1] * heads.shape[3]);

    /// <summary>[rows after the trunk, rows of the group]: a row sees those before it that are in its segment or in one that it continues.</summary>
    private static Tensor Visible(TokenForest forest, TreeGroup group, Device device)
    {
        var continues = new bool[group.Segments * group.Segments];
        var segmentOfRow = new long[group.Tokens];
        for (int s = 0; s < group.Segments; s++)
        {
            Segment segment = forest.Segments[group.FirstSegment + s];
            Array.Fill(segmentOfRow, s, segment.Start - group.FirstRow, segment.Length);
            for (int ancestor = group.FirstSegment + s; ancestor >= 0; ancestor = forest.Segments[ancestor].Parent)
            {
                continues[(s * group.Segments) + ancestor - group.FirstSegment] = true;
            }
        }

        Tensor segments = Indices(segmentOfRow, device), row = Numbers.Count(0, group.Tokens, device);
        Tensor isBefore = row.unsqueeze(0).le(row.narrow(0, group.Trunk, group.Tokens - group.Trunk).unsqueeze(1));
        return tensor(continues, [group.Segments, group.Segments], ScalarType.Bool, device)
            .index_select(0, segments.narrow(0, group.Trunk, group.Tokens - group.Trunk)).index_select(1, segments).logical_and(isBefore);
    }
}
