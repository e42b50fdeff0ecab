using System.Text.Json;
using ToolRM.Evaluation;

namespace ToolRM.Cli.Output;

/// <summary>What an evaluation left out; <see langword="null"/> where leaving out was not asked for, so that nothing was.</summary>
/// <param name="OverLength">Pairs that are too long for the model.</param>
/// <param name="BadRows">Rows that cannot be read.</param>
internal readonly record struct LeftOut(long? OverLength, long? BadRows);

/// <summary>An evaluation as JSON: the names are a contract with other programs.</summary>
internal static class EvaluationJson
{
    /// <summary>Writes the report as one object.</summary>
    public static void Write(EvaluationReport report, LeftOut leftOut, Stream output)
    {
        var lines = new JsonLines(output);
        lines.Add(writer =>
        {
            WriteAccuracy(writer, report.Overall);
            writer.WriteNumber("ties", report.Ties);
            writer.WriteNumber("macro_accuracy", report.MacroAccuracy);
            writer.WriteStartObject("by_error_type");
            foreach ((string type, PairAccuracy accuracy) in report.ByErrorType)
            {
                writer.WriteStartObject(type);
                WriteAccuracy(writer, accuracy);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            writer.WriteStartArray("confidence_interval");
            writer.WriteNumberValue(report.ConfidenceInterval.Lower);
            writer.WriteNumberValue(report.ConfidenceInterval.Upper);
            writer.WriteEndArray();
            writer.WriteNumber("mean_margin", report.MeanMargin);
            writer.WriteNumber("pairs_per_second", report.PairsPerSecond);
            writer.WriteString("model", report.Model);
            WriteCount(writer, "over_length", leftOut.OverLength);
            WriteCount(writer, "bad_rows", leftOut.BadRows);
        });
        lines.Flush();
    }

    /// <summary>Writes one object a pair.</summary>
    public static void WriteRows(EvaluationReport report, Stream output)
    {
        const int RowsPerWrite = 1024;
        var lines = new JsonLines(output);
        foreach (PairEvaluation[] rows in report.Rows.Chunk(RowsPerWrite))
        {
            foreach (PairEvaluation row in rows)
            {
                lines.Add(writer =>
                {
                    writer.WriteString("id", row.Id);
                    writer.WriteNumber("chosen_reward", row.ChosenReward);
                    writer.WriteNumber("rejected_reward", row.RejectedReward);
                    writer.WriteString("error_type", row.ErrorType);
                });
            }

            lines.Flush();
        }
    }

    private static void WriteAccuracy(Utf8JsonWriter writer, PairAccuracy accuracy)
    {
        writer.WriteNumber("pairs", accuracy.Pairs);
        writer.WriteNumber("accuracy", accuracy.Accuracy);
        writer.WriteNumber("accuracy_ties_half", accuracy.AccuracyTiesHalf);
    }

    private static void WriteCount(Utf8JsonWriter writer, string name, long? count)
    {
        if (count is { } value)
        {
            writer.WriteNumber(name, value);
        }
    }
}
