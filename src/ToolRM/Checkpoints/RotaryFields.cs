using System.Globalization;
using System.Text.Json;
using ToolRM.Models;

namespace ToolRM.Checkpoints;

/// <summary>
/// The part of config.json about the rotary embedding, in both its forms: <c>rope_theta</c> beside <c>rope_scaling</c>,
/// and since Transformers 5 everything in <c>rope_parameters</c>.
/// </summary>
internal static class RotaryFields
{
    private const string NoScaling = "default";
    private const string Linear = "linear";
    private const string Llama3 = "llama3";

    public static RotaryConfig Read(JsonFields fields)
    {
        JsonFields? section = fields.Section("rope_parameters") ?? fields.Section("rope_scaling");
        double theta = section?.Number("rope_theta") ?? fields.Number("rope_theta") ?? 10_000;
        if ((section?.Number("partial_rotary_factor") ?? fields.Number("partial_rotary_factor") ?? 1) != 1)
        {
            throw fields.Error("partial_rotary_factor must be 1: rotating only a part of each head is not supported");
        }

        if (section is not { } scaling)
        {
            return new RotaryConfig { Theta = theta };
        }

        string? type = scaling.Text("rope_type") ?? scaling.Text("type");
        if (type is null && (scaling.Has("factor") || scaling.Has("full_attention") || scaling.Has("sliding_attention")))
        {
            throw fields.Error("the rope scaling has no rope_type; only one rope_type for all layers is supported");
        }

        return (type ?? NoScaling) switch
        {
            NoScaling => new RotaryConfig { Theta = theta },
            Linear => new RotaryConfig { Theta = theta, Scaling = RotaryScaling.Linear, Factor = scaling.RequiredNumber("factor") },
            Llama3 => new RotaryConfig
            {
                Theta = theta,
                Scaling = RotaryScaling.Llama3,
                Factor = scaling.RequiredNumber("factor"),
                LowFrequencyFactor = scaling.RequiredNumber("low_freq_factor"),
                HighFrequencyFactor = scaling.RequiredNumber("high_freq_factor"),
                OriginalMaxLength = scaling.RequiredInteger("original_max_position_embeddings"),
            },
            string other => throw fields.Error(
                $"rope_type must be {NoScaling}, {Linear} or {Llama3}, but is '{CheckpointException.Printable(other)}'"),
        };
    }

    /// <summary>Writes the older form, which every version of Transformers reads.</summary>
    public static void Write(Utf8JsonWriter writer, RotaryConfig rotary)
    {
        WriteFloat(writer, "rope_theta", rotary.Theta);
        if (rotary.Scaling == RotaryScaling.None)
        {
            writer.WriteNull("rope_scaling");
            return;
        }

        writer.WriteStartObject("rope_scaling");
        WriteFloat(writer, "factor", rotary.Factor);
        if (rotary.Scaling == RotaryScaling.Llama3)
        {
            WriteFloat(writer, "high_freq_factor", rotary.HighFrequencyFactor);
            WriteFloat(writer, "low_freq_factor", rotary.LowFrequencyFactor);
            writer.WriteNumber("original_max_position_embeddings", rotary.OriginalMaxLength);
        }

        writer.WriteString("rope_type", rotary.Scaling == RotaryScaling.Linear ? Linear : Llama3);
        writer.WriteEndObject();
    }

    /// <summary>Writes a number so that Python reads a float (<c>4.0</c>): Transformers refuses a whole number as a factor.</summary>
    public static void WriteFloat(Utf8JsonWriter writer, string name, double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        writer.WritePropertyName(name);
        writer.WriteRawValue(text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text);
    }
}
