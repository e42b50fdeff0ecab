using System.Buffers;
using System.Text.Json;
using ToolRM.Models;

namespace ToolRM.Checkpoints;

/// <summary>
/// Writes low-rank adapters as the PEFT library does: <c>adapter_config.json</c> and <c>adapter_model.safetensors</c>, with the reward
/// head among them, to be put on the base model there.
/// </summary>
/// <remarks>
/// The prompt template is kept among the strings of the safetensors file, which PEFT does not look at: older ones refuse a config with
/// a field that they do not know.
/// </remarks>
internal static class AdapterWriter
{
    /// <summary>What stands before a parameter's name in the file.</summary>
    public const string Prefix = "base_model.model.";

    /// <summary>Under which the file keeps the name of the prompt template.</summary>
    public const string TemplateKey = "toolrm.template";

    /// <summary>Writes a folder's two files.</summary>
    /// <param name="folder">The folder; created if missing.</param>
    /// <param name="config">The base model's shape.</param>
    /// <param name="options">The adapters' shape.</param>
    /// <param name="parameters">Gives the values of <see cref="LoraLayout"/>.</param>
    /// <param name="baseModel">The folder of the base model, as the config names it; <see langword="null"/> if it has none.</param>
    /// <exception cref="CheckpointException">The disk is full, access is denied and the like.</exception>
    public static void Write(string folder, DecoderConfig config, LoraOptions options, IParameterSource parameters, string? baseModel)
    {
        Directory.CreateDirectory(folder);
        TensorToWrite[] tensors =
        [
            .. LoraLayout.For(config, options).Select(parameter => TensorToWrite.From(parameter, parameters) with { Name = Prefix + parameter.Name }),
        ];
        SafetensorsWriter.Write(
            Path.Combine(folder, CheckpointFiles.AdapterWeights),
            tensors,
            metadata: config.Template is { } template ? [KeyValuePair.Create(TemplateKey, template)] : null);
        AtomicFile.Write(Path.Combine(folder, CheckpointFiles.AdapterConfig), Config(options, baseModel));
    }

    private static byte[] Config(LoraOptions options, string? baseModel)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            writer.WriteString("base_model_name_or_path", baseModel);
            writer.WriteString("bias", "none");
            writer.WriteBoolean("fan_in_fan_out", false);
            writer.WriteBoolean("inference_mode", true);
            writer.WriteNumber("lora_alpha", options.Alpha);
            writer.WriteNumber("lora_dropout", 0.0);
            writer.WriteStartArray("modules_to_save");
            writer.WriteStringValue("score");
            writer.WriteEndArray();
            writer.WriteString("peft_type", "LORA");
            writer.WriteNumber("r", options.Rank);
            writer.WriteStartArray("target_modules");
            foreach (string module in options.TargetModules)
            {
                writer.WriteStringValue(module);
            }

            writer.WriteEndArray();
            writer.WriteString("task_type", "SEQ_CLS");
            writer.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }
}
