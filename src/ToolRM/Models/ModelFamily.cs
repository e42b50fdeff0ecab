namespace ToolRM.Models;

/// <summary>When a model attends only to a window of recent tokens.</summary>
internal enum WindowRule
{
    /// <summary>Never: <c>sliding_window</c> is not read.</summary>
    Never,

    /// <summary>Where <c>use_sliding_window</c> is true, in the layers that <c>layer_types</c> or <c>max_window_layers</c> name.</summary>
    WhenEnabled,

    /// <summary>Wherever <c>sliding_window</c> is a number, in all layers.</summary>
    WhenSet,
}

/// <summary>
/// What a Hugging Face <c>model_type</c> implies beyond what its config says: everything here that depends on the type.
/// Sources: the <c>configuration_*.py</c> and <c>modeling_*.py</c> files of the Transformers library.
/// </summary>
/// <param name="ModelType">The <c>model_type</c>.</param>
/// <param name="ClassPrefix">What its architectures' names begin with.</param>
internal sealed record ModelFamily(string ModelType, string ClassPrefix)
{
    /// <summary>The families that are supported.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        new("qwen2", "Qwen2") { HasAttentionBias = true, Window = WindowRule.WhenEnabled },
        new("qwen3", "Qwen3") { HasQueryKeyNorm = true, DefaultHeadSize = 128, Window = WindowRule.WhenEnabled },
        new("llama", "Llama"),
        new("mistral", "Mistral") { Window = WindowRule.WhenSet },
    ];

    /// <summary>Whether query, key and value projections always have a bias; the others have none.</summary>
    public bool HasAttentionBias { get; init; }

    /// <summary>Whether queries and keys are normalised per head.</summary>
    public bool HasQueryKeyNorm { get; init; }

    /// <summary>The head size of a config that does not give one; <see langword="null"/> means hidden size / heads.</summary>
    public int? DefaultHeadSize { get; init; }

    /// <summary>When the attention window applies.</summary>
    public WindowRule Window { get; init; }

    /// <summary>The window of a config that does not mention it (a config without a window says null).</summary>
    public static int DefaultWindow => 4096;

    /// <summary>The layers below this one have no window, in a config that does not say otherwise (<c>max_window_layers</c>).</summary>
    public static int DefaultMaxWindowLayers => 28;

    /// <summary>The architecture of a reward model.</summary>
    public string ClassificationArchitecture => ClassPrefix + "ForSequenceClassification";

    /// <summary>The architecture of a language model, whose body can be fine-tuned into a reward model.</summary>
    public string CausalArchitecture => ClassPrefix + "ForCausalLM";

    /// <summary>The family of a <c>model_type</c>, or <see langword="null"/> if it is not supported.</summary>
    public static ModelFamily? Find(string? modelType) => All.FirstOrDefault(family => family.ModelType == modelType);
}
