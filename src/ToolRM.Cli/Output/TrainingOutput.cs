using System.Text.Json;
using ToolRM.Training;

namespace ToolRM.Cli.Output;

/// <summary>What a training run did, as JSON or as lines.</summary>
internal static class TrainingOutput
{
    /// <summary>Writes one object.</summary>
    /// <param name="result">What was done.</param>
    /// <param name="badRows">Rows skipped because they cannot be read; <see langword="null"/> if none were to be.</param>
    /// <param name="output">Where to.</param>
    public static void WriteJson(TrainingResult result, long? badRows, Stream output)
    {
        var lines = new JsonLines(output);
        lines.Add(writer =>
        {
            writer.WriteString("model", result.OutputFolder);
            writer.WriteString("best_model", result.BestFolder);
            if (result.AdapterFolder is { } adapter)
            {
                writer.WriteString("adapter", adapter);
            }

            writer.WriteNumber("steps", result.Steps);
            WriteCounts(writer, "training_pairs", result.TrainingPairs);
            WriteCounts(writer, "held_out_pairs", result.HeldOutPairs);
            WriteMetrics(writer, "final_held_out", result.FinalHeldOut);
            if (result.BestStep is { } step)
            {
                writer.WriteNumber("best_step", step);
            }
            else
            {
                writer.WriteNull("best_step");
            }

            WriteMetrics(writer, "best_held_out", result.BestHeldOut);
            WriteBadRows(writer, badRows);
        });
        lines.Flush();
    }

    /// <summary>Writes lines for people; parameters as above.</summary>
    public static void WriteText(TrainingResult result, long? badRows, Terminal terminal)
    {
        using StreamWriter text = terminal.TextOutput();
        WriteBadRows(text, badRows);
        text.WriteLine(FormattableString.Invariant($"{result.Steps} steps on {Describe(result.TrainingPairs)}"));
        text.WriteLine($"model after the last step: {result.OutputFolder}{Describe(result.FinalHeldOut)}");
        if (result.AdapterFolder is not null)
        {
            text.WriteLine($"its adapters, which are part of it already: {result.AdapterFolder}");
        }

        if (result.BestFolder is not null)
        {
            text.WriteLine(FormattableString.Invariant(
                $"best model, of step {result.BestStep}: {result.BestFolder}{Describe(result.BestHeldOut)}"));
            text.WriteLine($"held out: {Describe(result.HeldOutPairs)}; they chose the best model, so their figures flatter it");
        }
    }

    /// <summary>Writes one object about a verifier; parameters as above.</summary>
    public static void WriteJson(VerifierTrainingResult result, string folder, long? badRows, Stream output)
    {
        var lines = new JsonLines(output);
        lines.Add(writer =>
        {
            writer.WriteString("model", folder);
            writer.WriteNumber("steps", result.Steps);
            WriteMetrics(writer, "training", result.Training);
            WriteMetrics(writer, "held_out", result.HeldOut);
            WriteBadRows(writer, badRows);
        });
        lines.Flush();
    }

    /// <summary>Writes lines about a verifier for people; parameters as above.</summary>
    public static void WriteText(VerifierTrainingResult result, string folder, long? badRows, Terminal terminal)
    {
        using StreamWriter text = terminal.TextOutput();
        WriteBadRows(text, badRows);
        text.WriteLine(FormattableString.Invariant(
            $"{result.Steps} steps on {result.Training.Pairs} pairs, accuracy on these {result.Training.Accuracy:F4}"));
        text.WriteLine($"verifier: {folder}{Describe(result.HeldOut)}");
    }

    private static string Describe(PairCounts counts) => FormattableString.Invariant(
        $"{counts.Used} of {counts.Read} pairs ({counts.OverLength} too long, {counts.Identical} with equal candidates)");

    private static string Describe(PairwiseMetrics? heldOut) =>
        heldOut is null ? "" : FormattableString.Invariant($", held-out accuracy {heldOut.Accuracy:F4}, loss {heldOut.Loss:F4}");

    private static void WriteBadRows(TextWriter text, long? badRows)
    {
        if (badRows > 0)
        {
            text.WriteLine(FormattableString.Invariant($"{badRows} bad rows were skipped"));
        }
    }

    private static void WriteBadRows(Utf8JsonWriter writer, long? badRows)
    {
        if (badRows is { } count)
        {
            writer.WriteNumber("bad_rows", count);
        }
    }

    private static void WriteCounts(Utf8JsonWriter writer, string name, PairCounts counts)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("read", counts.Read);
        writer.WriteNumber("used", counts.Used);
        writer.WriteNumber("over_length", counts.OverLength);
        writer.WriteNumber("identical", counts.Identical);
        writer.WriteEndObject();
    }

    private static void WriteMetrics(Utf8JsonWriter writer, string name, PairwiseMetrics? metrics)
    {
        writer.WritePropertyName(name);
        if (metrics is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            JsonSerializer.Serialize(writer, metrics, TrainingJson.Default.PairwiseMetrics);
        }
    }
}
