using System.Text.Json;
using ToolRM.Models;

namespace ToolRM.Checkpoints;

/// <summary>A <c>config.json</c> as Hugging Face Transformers writes it, read and checked.</summary>
/// <param name="Decoder">The model's shape.</param>
/// <param name="Architecture">The first of <c>architectures</c>; <see langword="null"/> if the config has none.</param>
/// <param name="Notes">What a user may want to know about it.</param>
internal sealed record HuggingFaceConfig(DecoderConfig Decoder, string? Architecture, IReadOnlyList<string> Notes)
{
    /// <summary>Reads a config.</summary>
    /// <param name="json">The file's bytes.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <exception cref="CheckpointException">It is damaged, or describes a model that the library does not compute exactly.</exception>
    public static HuggingFaceConfig Read(ReadOnlyMemory<byte> json, string path)
    {
        using JsonDocument document = JsonFields.Parse(json, path);
        try
        {
            return Read(new JsonFields(document.RootElement, path));
        }
        catch (InvalidOperationException exception)
        {
            // What System.Text.Json throws for strings that are not valid UTF-8 or hold half a surrogate pair.
            throw new CheckpointException(path, "holds text that is not valid Unicode", null, exception);
        }
    }

    private static HuggingFaceConfig Read(JsonFields fields)
    {
        string? modelType = fields.Text("model_type");
        ModelFamily family = ModelFamily.Find(modelType) ?? throw fields.Error(
            $"model_type must be one of {string.Join(", ", ModelFamily.All.Select(f => f.ModelType))}, but is {(modelType is null ? "missing" : $"'{CheckpointException.Printable(modelType)}'")}");
        string? architecture = fields.Texts("architectures") is [string first, ..] ? first : null;
        CheckArchitecture(fields, family, architecture);
        CheckVariant(fields, family);

        var notes = new List<string>();
        int hidden = fields.RequiredInteger("hidden_size"), heads = fields.RequiredInteger("num_attention_heads");
        int layers = fields.RequiredInteger("num_hidden_layers"), longest = fields.RequiredInteger("max_position_embeddings");
        if (AttentionWindow.Read(fields, family, layers) is { } window && window < longest)
        {
            notes.Add($"the maximum length is {window} tokens, not {longest}: longer sequences would need sliding-window attention");
            longest = window;
        }

        var decoder = new DecoderConfig
        {
            ModelType = family.ModelType,
            VocabularySize = fields.RequiredInteger("vocab_size"),
            HiddenSize = hidden,
            IntermediateSize = fields.RequiredInteger("intermediate_size"),
            Layers = layers,
            Heads = heads,
            KeyValueHeads = fields.Integer("num_key_value_heads") ?? heads,
            HeadSize = fields.Integer("head_dim") ?? family.DefaultHeadSize ?? DefaultHeadSize(fields, hidden, heads),
            NormEpsilon = fields.Number("rms_norm_eps") ?? 1e-6,
            Rotary = RotaryFields.Read(fields),
            HasAttentionBias = family.HasAttentionBias,
            HasQueryKeyNorm = family.HasQueryKeyNorm,
            TiesEmbeddings = fields.Flag("tie_word_embeddings") ?? false,
            PadTokenId = ReadPad(fields, notes),
            MaxLength = longest,
            Template = fields.Section("toolrm")?.Text("template"),
        };
        return DecoderConfigRules.FindProblem(decoder) is { } problem
            ? throw fields.Error(problem)
            : new HuggingFaceConfig(decoder, architecture, notes);
    }

    private static void CheckArchitecture(JsonFields fields, ModelFamily family, string? architecture)
    {
        if (architecture is not null && architecture != family.ClassificationArchitecture && architecture != family.CausalArchitecture)
        {
            throw fields.Error(
                $"architectures must name {family.ClassificationArchitecture} (a reward model) or {family.CausalArchitecture} "
                + $"(a language model to fine-tune), but names '{CheckpointException.Printable(architecture)}'");
        }

        // Transformers writes neither for its default of two labels: then the head's shape tells. A language model has no labels.
        int? labels = fields.Integer("num_labels");
        if (fields.Element("id2label") is { } names)
        {
            labels = names.ValueKind == JsonValueKind.Object && labels is null or 1 ? names.EnumerateObject().Count() : labels ?? 0;
        }

        if (labels is not (null or 1) && architecture != family.CausalArchitecture)
        {
            throw fields.Error($"a reward model has one label (num_labels, id2label), but this classifier has {labels}");
        }
    }

    /// <summary>Refuses what would make the result differ from what the config's author meant.</summary>
    private static void CheckVariant(JsonFields fields, ModelFamily family)
    {
        if (fields.Has("quantization_config"))
        {
            throw fields.Error("the weights are quantized (quantization_config); only F32, F16, BF16 and F64 weights are read: use the unquantized checkpoint");
        }

        if (fields.Text("hidden_act") is { } activation and not ("silu" or "swish"))
        {
            throw fields.Error($"hidden_act must be silu, but is '{CheckpointException.Printable(activation)}'");
        }

        // Qwen2 does not read the switch: it always has these biases, and none on the output projection.
        if (fields.Flag("attention_bias") == true && !family.HasAttentionBias)
        {
            throw fields.Error("attention_bias must be false: a bias on the attention's output projection is not supported");
        }

        if (fields.Flag("mlp_bias") == true)
        {
            throw fields.Error("mlp_bias must be false: biases in the feed-forward layers are not supported");
        }
    }

    private static int DefaultHeadSize(JsonFields fields, int hidden, int heads) =>
        heads > 0 && hidden % heads == 0
            ? hidden / heads
            : throw fields.Error($"head_dim is missing and hidden_size ({hidden}) is not a multiple of num_attention_heads ({heads})");

    private static int? ReadPad(JsonFields fields, List<string> notes)
    {
        int? pad = fields.Integer("pad_token_id") ?? fields.Section("text_config")?.Integer("pad_token_id");
        if (pad is null or < 0)
        {
            // A negative id equals no token, which is how Transformers treats it when it looks for the last token.
            notes.Add("there is no pad token: the last token is scored, whatever it is");
            return null;
        }

        if (fields.Element("eos_token_id") is { } end && IsOrHolds(end, pad.Value))
        {
            notes.Add($"the pad token is also an end token ({pad}): at the end of a sequence it is skipped when the scored token is looked for");
        }

        return pad;
    }

    private static bool IsOrHolds(JsonElement ids, int id) => ids.ValueKind switch
    {
        JsonValueKind.Number => ids.TryGetInt32(out int only) && only == id,
        JsonValueKind.Array => ids.EnumerateArray().Any(item => IsOrHolds(item, id)),
        _ => false,
    };
}
