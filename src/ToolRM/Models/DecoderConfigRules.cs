namespace ToolRM.Models;

/// <summary>Which shapes are possible. The bounds are far above every published model and keep all later arithmetic from overflowing.</summary>
internal static class DecoderConfigRules
{
    public const int MaxVocabulary = 1 << 24;
    public const int MaxWidth = 1 << 17;
    public const int MaxLayers = 1024;
    public const int MaxHeads = 4096;
    public const int MaxHeadSize = 1024;
    public const int MaxTokens = 1 << 28;

    /// <summary>The first rule that <paramref name="config"/> breaks, in words, with the names of config.json; <see langword="null"/> if it breaks none.</summary>
    public static string? FindProblem(DecoderConfig config)
    {
        ModelFamily? family = ModelFamily.Find(config.ModelType);
        if (family is null)
        {
            return $"model_type '{config.ModelType}' is not supported; supported are {string.Join(", ", ModelFamily.All.Select(f => f.ModelType))}";
        }

        return Range("vocab_size", config.VocabularySize, MaxVocabulary)
            ?? Range("hidden_size", config.HiddenSize, MaxWidth)
            ?? Range("intermediate_size", config.IntermediateSize, MaxWidth)
            ?? Range("num_hidden_layers", config.Layers, MaxLayers)
            ?? Range("num_attention_heads", config.Heads, MaxHeads)
            ?? Range("num_key_value_heads", config.KeyValueHeads, MaxHeads)
            ?? Range("head_dim", config.HeadSize, MaxHeadSize)
            ?? Range("max_position_embeddings", config.MaxLength, MaxTokens)
            ?? Attention(config, family)
            ?? Rotary(config.Rotary)
            ?? Rest(config);
    }

    private static string? Attention(DecoderConfig config, ModelFamily family)
    {
        if (config.Heads % config.KeyValueHeads != 0)
        {
            return $"num_attention_heads ({config.Heads}) must be a multiple of num_key_value_heads ({config.KeyValueHeads})";
        }

        if (config.HeadSize % 2 != 0)
        {
            return $"head_dim must be even for the rotary embedding, but is {config.HeadSize}";
        }

        if (config.Heads * config.HeadSize > MaxWidth)
        {
            return $"num_attention_heads x head_dim must be at most {MaxWidth}, but is {config.Heads} x {config.HeadSize}";
        }

        if (config.HasAttentionBias != family.HasAttentionBias || config.HasQueryKeyNorm != family.HasQueryKeyNorm)
        {
            return $"a {config.ModelType} model has {(family.HasAttentionBias ? "a" : "no")} bias on its query, key and value projections "
                + $"and {(family.HasQueryKeyNorm ? "a" : "no")} query-key norm";
        }

        return null;
    }

    private static string? Rotary(RotaryConfig rotary)
    {
        if (!(rotary.Theta >= 1 && rotary.Theta <= 1e15))
        {
            return Invariant($"rope_theta must be between 1 and 1e15, but is {rotary.Theta}");
        }

        if (rotary.Scaling != RotaryScaling.None && !(rotary.Factor >= 1 && rotary.Factor <= 1e6))
        {
            return Invariant($"the rope scaling's factor must be between 1 and 1e6, but is {rotary.Factor}");
        }

        if (rotary.Scaling != RotaryScaling.Llama3)
        {
            return null;
        }

        return rotary.LowFrequencyFactor > 0 && rotary.LowFrequencyFactor < rotary.HighFrequencyFactor && rotary.HighFrequencyFactor <= 1e6
            ? Range("original_max_position_embeddings", rotary.OriginalMaxLength, MaxTokens)
            : Invariant($"llama3 rope scaling needs 0 < low_freq_factor < high_freq_factor, but they are {rotary.LowFrequencyFactor} and {rotary.HighFrequencyFactor}");
    }

    private static string? Rest(DecoderConfig config)
    {
        if (!(config.NormEpsilon > 0 && config.NormEpsilon <= 0.1))
        {
            return Invariant($"rms_norm_eps must be above 0 and at most 0.1, but is {config.NormEpsilon}");
        }

        if (config.PadTokenId is { } pad && (pad < 0 || pad >= config.VocabularySize))
        {
            return $"pad_token_id must be null or a token id below vocab_size ({config.VocabularySize}), but is {pad}";
        }

        // A tensor is read into one span.
        return ParameterLayout.LargestCount(config) <= Array.MaxLength
            ? null
            : $"vocab_size {config.VocabularySize}, hidden_size {config.HiddenSize} and intermediate_size {config.IntermediateSize} make a tensor of more than {Array.MaxLength} values";
    }

    private static string? Range(string name, int value, int maximum) =>
        value >= 1 && value <= maximum ? null : $"{name} must be between 1 and {maximum}, but is {value}";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
