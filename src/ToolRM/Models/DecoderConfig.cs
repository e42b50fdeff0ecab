namespace ToolRM.Models;

/// <summary>
/// The shape of a decoder-only transformer with a scalar reward head: RMSNorm, rotary embedding, grouped-query
/// attention and SwiGLU, as in Qwen2, Qwen3, Llama 3 and Mistral. Immutable.
/// </summary>
public sealed record DecoderConfig
{
    /// <summary>The Hugging Face <c>model_type</c>: <c>qwen2</c>, <c>qwen3</c>, <c>llama</c> or <c>mistral</c>.</summary>
    public required string ModelType { get; init; }

    /// <summary>Number of token ids (<c>vocab_size</c>).</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Width of the residual stream (<c>hidden_size</c>).</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Width of the SwiGLU feed-forward layer (<c>intermediate_size</c>).</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>Number of decoder layers (<c>num_hidden_layers</c>).</summary>
    public required int Layers { get; init; }

    /// <summary>Number of query heads (<c>num_attention_heads</c>).</summary>
    public required int Heads { get; init; }

    /// <summary>Number of key and value heads (<c>num_key_value_heads</c>); divides <see cref="Heads"/>.</summary>
    public required int KeyValueHeads { get; init; }

    /// <summary>Width of one head (<c>head_dim</c>); even.</summary>
    public required int HeadSize { get; init; }

    /// <summary>Epsilon of every RMSNorm (<c>rms_norm_eps</c>).</summary>
    public double NormEpsilon { get; init; } = 1e-6;

    /// <summary>The rotary embedding's base and scaling.</summary>
    public RotaryConfig Rotary { get; init; } = new();

    /// <summary>Whether the query, key and value projections have a bias (Qwen2).</summary>
    public bool HasAttentionBias { get; init; }

    /// <summary>Whether queries and keys pass an RMSNorm per head before the rotary embedding (Qwen3).</summary>
    public bool HasQueryKeyNorm { get; init; }

    /// <summary>Whether the language-model head shares the token embedding (<c>tie_word_embeddings</c>); a reward model has no such head, so it is only kept for round trips.</summary>
    public bool TiesEmbeddings { get; init; }

    /// <summary>The padding token (<c>pad_token_id</c>), skipped when the pooled token is looked for; <see langword="null"/> if there is none.</summary>
    public int? PadTokenId { get; init; }

    /// <summary>The longest sequence in tokens (<c>max_position_embeddings</c>, or the attention window where that is shorter).</summary>
    public required int MaxLength { get; init; }

    /// <summary>The name of the prompt template the checkpoint was trained on, if its config says so (<c>toolrm.template</c>).</summary>
    public string? Template { get; init; }
}
