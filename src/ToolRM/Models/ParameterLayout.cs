namespace ToolRM.Models;

/// <summary>The parameters of a reward model of a given shape, in one fixed order, under their Hugging Face names.</summary>
internal static class ParameterLayout
{
    public const string Embedding = "model.embed_tokens.weight";
    public const string FinalNorm = "model.norm.weight";
    public const string Head = "score.weight";

    public static string Layer(int layer, string name) => $"model.layers.{layer}.{name}";

    /// <summary>Number of all values.</summary>
    public static long TotalCount(DecoderConfig config) => For(config).Sum(parameter => parameter.Count);

    /// <summary>Number of values of the largest parameter.</summary>
    public static long LargestCount(DecoderConfig config) =>
        Math.Max(config.VocabularySize, Math.Max(config.IntermediateSize, config.Heads * config.HeadSize)) * (long)config.HiddenSize;

    public static IReadOnlyList<ParameterInfo> For(DecoderConfig config)
    {
        int hidden = config.HiddenSize, queries = config.Heads * config.HeadSize, keys = config.KeyValueHeads * config.HeadSize;
        var all = new List<ParameterInfo> { new(Embedding, config.VocabularySize, hidden, ParameterKind.Embedding) };
        for (int layer = 0; layer < config.Layers; layer++)
        {
            void Add(string name, int rows, int columns, ParameterKind kind) => all.Add(new(Layer(layer, name), rows, columns, kind));

            Add("input_layernorm.weight", 1, hidden, ParameterKind.Gain);
            Add("self_attn.q_proj.weight", queries, hidden, ParameterKind.Matrix);
            Add("self_attn.k_proj.weight", keys, hidden, ParameterKind.Matrix);
            Add("self_attn.v_proj.weight", keys, hidden, ParameterKind.Matrix);
            if (config.HasAttentionBias)
            {
                Add("self_attn.q_proj.bias", 1, queries, ParameterKind.Bias);
                Add("self_attn.k_proj.bias", 1, keys, ParameterKind.Bias);
                Add("self_attn.v_proj.bias", 1, keys, ParameterKind.Bias);
            }

            if (config.HasQueryKeyNorm)
            {
                Add("self_attn.q_norm.weight", 1, config.HeadSize, ParameterKind.Gain);
                Add("self_attn.k_norm.weight", 1, config.HeadSize, ParameterKind.Gain);
            }

            Add("self_attn.o_proj.weight", hidden, queries, ParameterKind.Matrix);
            Add("post_attention_layernorm.weight", 1, hidden, ParameterKind.Gain);
            Add("mlp.gate_proj.weight", config.IntermediateSize, hidden, ParameterKind.Matrix);
            Add("mlp.up_proj.weight", config.IntermediateSize, hidden, ParameterKind.Matrix);
            Add("mlp.down_proj.weight", hidden, config.IntermediateSize, ParameterKind.Matrix);
        }

        all.Add(new(FinalNorm, 1, hidden, ParameterKind.Gain));
        all.Add(new(Head, 1, hidden, ParameterKind.Head));
        return all;
    }
}
