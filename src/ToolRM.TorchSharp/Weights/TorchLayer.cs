using ToolRM.Models;
using static TorchSharp.torch;

namespace ToolRM.TorchSharp.Weights;

/// <summary>One decoder layer's parameters.</summary>
internal sealed class TorchLayer
{
    /// <param name="config">The model's shape.</param>
    /// <param name="layer">The layer's index.</param>
    /// <param name="tensors">The parameters.</param>
    public TorchLayer(DecoderConfig config, int layer, DecoderTensors tensors)
    {
        Tensor Get(string name) => tensors.ByName[ParameterLayout.Layer(layer, name)];
        TorchLinear Linear(string name, bool hasBias = false) => new(
            Get(name + ".weight"), hasBias ? Get(name + ".bias") : null, tensors.AdapterOf(ParameterLayout.Layer(layer, name + ".weight")));

        AttentionNorm = Get("input_layernorm.weight");
        Query = Linear("self_attn.q_proj", config.HasAttentionBias);
        Key = Linear("self_attn.k_proj", config.HasAttentionBias);
        Value = Linear("self_attn.v_proj", config.HasAttentionBias);
        Output = Linear("self_attn.o_proj");
        FeedForwardNorm = Get("post_attention_layernorm.weight");
        Gate = Linear("mlp.gate_proj");
        Up = Linear("mlp.up_proj");
        Down = Linear("mlp.down_proj");
        if (config.HasQueryKeyNorm)
        {
            QueryNorm = Get("self_attn.q_norm.weight");
            KeyNorm = Get("self_attn.k_norm.weight");
        }
    }

    public Tensor AttentionNorm { get; }

    public TorchLinear Query { get; }

    public TorchLinear Key { get; }

    public TorchLinear Value { get; }

    public TorchLinear Output { get; }

    /// <summary>The gain of the norm of query heads; null if there is none, as for keys.</summary>
    public Tensor? QueryNorm { get; }

    public Tensor? KeyNorm { get; }

    public Tensor FeedForwardNorm { get; }

    public TorchLinear Gate { get; }

    public TorchLinear Up { get; }

    public TorchLinear Down { get; }
}
