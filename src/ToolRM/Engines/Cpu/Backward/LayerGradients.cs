using ToolRM.Models;

namespace ToolRM.Engines.Cpu.Backward;

/// <summary>
/// Where the gradients of one layer's parameters are, and how they follow from what the backward pass leaves in
/// <see cref="GradientPanels"/> and <see cref="GradientBuffers"/>.
/// </summary>
internal sealed unsafe class LayerGradients
{
    private readonly DecoderShape _shape;
    private readonly Func<string, ParameterStore.Entry> _parameter;
    private readonly float* _attentionNorm, _feedForwardNorm, _queryBias, _keyBias, _valueBias, _queryNorm, _keyNorm;

    public LayerGradients(DecoderShape shape, ParameterStore store, GradientPanels panels, int layer)
    {
        _shape = shape;
        _parameter = name => store[ParameterLayout.Layer(layer, name)];
        _attentionNorm = Vector("input_layernorm.weight");
        _feedForwardNorm = Vector("post_attention_layernorm.weight");
        if (shape.Config.HasAttentionBias)
        {
            _queryBias = Vector("self_attn.q_proj.bias");
            _keyBias = Vector("self_attn.k_proj.bias");
            _valueBias = Vector("self_attn.v_proj.bias");
        }

        if (shape.Config.HasQueryKeyNorm)
        {
            _queryNorm = Vector("self_attn.q_norm.weight");
            _keyNorm = Vector("self_attn.k_norm.weight");
        }

        LayerProducts =
        [
            Product("mlp.gate_proj.weight", panels.Gate, panels.FeedForwardNormed),
            Product("mlp.up_proj.weight", panels.Up, panels.FeedForwardNormed),
            Product("mlp.down_proj.weight", panels.LayerOutput, panels.Activated),
            Product("self_attn.o_proj.weight", panels.Middle, panels.Attended),
        ];
        ProjectionProducts =
        [
            Product("self_attn.q_proj.weight", panels.Queries, panels.AttentionNormed),
            Product("self_attn.k_proj.weight", panels.Keys, panels.AttentionNormed),
            Product("self_attn.v_proj.weight", panels.Values, panels.AttentionNormed),
        ];
    }

    /// <summary>The matrices after the attention.</summary>
    public WeightGradient[] LayerProducts { get; }

    /// <summary>The matrices before the attention.</summary>
    public WeightGradient[] ProjectionProducts { get; }

    /// <summary>Adds up the blocks' shares of the feed-forward norm's gain, in their order.</summary>
    public void AddFeedForwardNorm(GradientBuffers buffers, int blocks) =>
        AddShares(buffers.FeedForwardNorms, _shape.PaddedHidden, blocks, _feedForwardNorm, _shape.PaddedHidden);

    /// <summary>Adds up the blocks' shares of the attention norm's gain, the projection's bias, and the query and key norms.</summary>
    public void AddProjectionVectors(GradientBuffers buffers, int blocks)
    {
        AddShares(buffers.AttentionNorms, _shape.PaddedHidden, blocks, _attentionNorm, _shape.PaddedHidden);
        float* shares = buffers.Projections;
        int stride = buffers.ProjectionPartial, keys = _shape.Queries, values = keys + _shape.Keys;
        if (_shape.Config.HasAttentionBias)
        {
            AddShares(shares, stride, blocks, _queryBias, _shape.Queries);
            AddShares(shares + keys, stride, blocks, _keyBias, _shape.Keys);
            AddShares(shares + values, stride, blocks, _valueBias, _shape.Keys);
        }

        if (_shape.Config.HasQueryKeyNorm)
        {
            shares += _shape.PaddedProjected;
            AddShares(shares, stride, blocks, _queryNorm, _shape.HeadSize);
            AddShares(shares + _shape.PaddedHeadSize, stride, blocks, _keyNorm, _shape.HeadSize);
        }
    }

    private static void AddShares(float* shares, nint stride, int blocks, float* gradient, int count)
    {
        for (int block = 0; block < blocks; block++)
        {
            VectorMath.AddScaled(shares + (block * stride), 1, gradient, count);
        }
    }

    private float* Vector(string name) => _parameter(name)[ParameterPart.Gradient];

    private WeightGradient Product(string name, TokenPanels output, TokenPanels input)
    {
        ParameterStore.Entry weight = _parameter(name);
        return new(output, weight.Info.Rows, input, weight.Info.Columns, weight[ParameterPart.Gradient], weight.Stride);
    }
}
