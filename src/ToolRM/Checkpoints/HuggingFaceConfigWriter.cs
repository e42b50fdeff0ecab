using System.Buffers;
using System.Text.Json;
using ToolRM.Models;

namespace ToolRM.Checkpoints;

/// <summary>Writes the <c>config.json</c> of a reward model, which Transformers and <see cref="HuggingFaceConfig"/> read.</summary>
internal static class HuggingFaceConfigWriter
{
    /// <summary>The file's bytes: indented UTF-8.</summary>
    /// <exception cref="ArgumentException">The shape is impossible.</exception>
    public static byte[] Write(DecoderConfig config, TensorType type)
    {
        if (DecoderConfigRules.FindProblem(config) is { } problem)
        {
            throw new ArgumentException(problem, nameof(config));
        }

        ModelFamily family = ModelFamily.Find(config.ModelType)!;
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("architectures");
            writer.WriteStringValue(family.ClassificationArchitecture);
            writer.WriteEndArray();
            writer.WriteNumber("head_dim", config.HeadSize);
            writer.WriteString("hidden_act", "silu");
            writer.WriteNumber("hidden_size", config.HiddenSize);
            writer.WriteStartObject("id2label");
            writer.WriteString("0", "LABEL_0");
            writer.WriteEndObject();
            writer.WriteNumber("intermediate_size", config.IntermediateSize);
            writer.WriteStartObject("label2id");
            writer.WriteNumber("LABEL_0", 0);
            writer.WriteEndObject();
            writer.WriteNumber("max_position_embeddings", config.MaxLength);
            writer.WriteString("model_type", config.ModelType);
            writer.WriteNumber("num_attention_heads", config.Heads);
            writer.WriteNumber("num_hidden_layers", config.Layers);
            writer.WriteNumber("num_key_value_heads", config.KeyValueHeads);
            writer.WriteNumber("num_labels", 1);
            WritePad(writer, config.PadTokenId);
            RotaryFields.WriteFloat(writer, "rms_norm_eps", config.NormEpsilon);
            RotaryFields.Write(writer, config.Rotary);
            WriteWindow(writer, family);
            writer.WriteBoolean("tie_word_embeddings", config.TiesEmbeddings);
            if (config.Template is { } template)
            {
                writer.WriteStartObject("toolrm");
                writer.WriteString("template", template);
                writer.WriteEndObject();
            }

            writer.WriteString("torch_dtype", type == TensorType.BF16 ? "bfloat16" : "float32");
            writer.WriteBoolean("use_cache", false);
            writer.WriteNumber("vocab_size", config.VocabularySize);
            writer.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    /// <summary>No window: the maximum length is already the window's, if there was one. A config that is silent would mean 4096.</summary>
    private static void WriteWindow(Utf8JsonWriter writer, ModelFamily family)
    {
        if (family.Window == WindowRule.Never)
        {
            return;
        }

        writer.WriteNull("sliding_window");
        if (family.Window == WindowRule.WhenEnabled)
        {
            writer.WriteBoolean("use_sliding_window", false);
        }
    }

    private static void WritePad(Utf8JsonWriter writer, int? pad)
    {
        if (pad is { } id)
        {
            writer.WriteNumber("pad_token_id", id);
        }
        else
        {
            writer.WriteNull("pad_token_id");
        }
    }
}
