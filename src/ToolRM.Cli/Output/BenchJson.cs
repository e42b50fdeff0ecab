using System.Text.Json;
using ToolRM.Cli.Bench;

namespace ToolRM.Cli.Output;

/// <summary>A benchmark as one JSON object: the names are a contract with other programs.</summary>
internal static class BenchJson
{
    public static void Write(BenchModel model, IReadOnlyList<BenchRow> rows, Stream output)
    {
        var lines = new JsonLines(output);
        lines.Add(writer =>
        {
            WriteMachine(writer, rows);
            writer.WriteStartObject("model");
            writer.WriteString("name", model.Name);
            writer.WriteNumber("parameters", model.ParameterCount);
            ModelSummaryWriter.WriteShape(writer, model.Config);
            writer.WriteEndObject();
            writer.WriteNumber("repetitions", rows[0].Seconds.Count);
            writer.WriteStartArray("rows");
            foreach (BenchRow row in rows)
            {
                WriteRow(writer, row);
            }

            writer.WriteEndArray();
        });
        lines.Flush();
    }

    private static void WriteMachine(Utf8JsonWriter writer, IReadOnlyList<BenchRow> rows)
    {
        writer.WriteStartObject("machine");
        writer.WriteString("processor", Machine.Processor);
        writer.WriteNumber("logical_processors", Machine.LogicalProcessors);
        writer.WriteString("system", Machine.System);
        writer.WriteString("architecture", Machine.Architecture);
        writer.WriteString("runtime", Machine.Runtime);
        writer.WriteStartArray("float32_peak");
        foreach (BenchRow row in rows.DistinctBy(row => (row.Case.Engine.Threads, row.Peak)))
        {
            if (row.Peak is { } peak)
            {
                writer.WriteStartObject();
                writer.WriteNumber("threads", row.Case.Engine.Threads);
                writer.WriteNumber("operations_per_second", Math.Round(peak));
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter writer, BenchRow row)
    {
        BenchCase shape = row.Case;
        writer.WriteStartObject();
        writer.WriteString("work", shape.IsTraining ? "train" : "score");
        writer.WriteString("engine", row.Plan.Device);
        writer.WriteString("kernel", row.Plan.Int8Matmul ?? row.Plan.Matmul);
        writer.WriteString("element_type", row.Plan.ElementType);
        writer.WriteNumber("threads", row.Plan.Threads);
        writer.WriteNumber("batch", shape.Batch);
        writer.WriteNumber("prompt_tokens", shape.PromptTokens);
        writer.WriteNumber("candidates", shape.Candidates);
        writer.WriteNumber("candidate_tokens", shape.CandidateTokens);
        writer.WriteBoolean("prompt_shared", shape is { HasCommonPrompt: true, RepeatsPrompt: false });
        writer.WriteNumber("tokens", shape.Tokens);
        writer.WriteNumber("operations", row.Operations);
        WriteSpread(writer, "tokens_per_second", row.TokensPerSecond);
        if (shape.IsTraining)
        {
            WriteSpread(writer, "pairs_per_second", row.PairsPerSecond);
        }
        else
        {
            WriteSpread(writer, "candidates_per_second", row.CandidatesPerSecond);
        }

        if (row.PeakFraction is { } fraction)
        {
            writer.WriteNumber("peak_fraction", fraction);
        }

        if (row.Gain is { } gain)
        {
            writer.WriteNumber("sharing_gain", gain);
        }

        writer.WriteStartArray("seconds");
        foreach (double seconds in row.Seconds)
        {
            writer.WriteNumberValue(seconds);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteSpread(Utf8JsonWriter writer, string name, Spread spread)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("median", spread.Median);
        writer.WriteNumber("min", spread.Least);
        writer.WriteNumber("max", spread.Most);
        writer.WriteEndObject();
    }
}
