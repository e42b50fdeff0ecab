using System.Text.Json;
using ToolRM.Recipes;

namespace ToolRM.Cli.Output;

/// <summary>What a recipe did, as JSON or as lines.</summary>
internal static class RecipeOutput
{
    /// <summary>Writes one object.</summary>
    /// <param name="result">What was done.</param>
    /// <param name="badRows">Rows skipped because they cannot be read; <see langword="null"/> if none were to be.</param>
    /// <param name="output">Where to.</param>
    public static void WriteJson(RecipeResult result, long? badRows, Stream output)
    {
        var lines = new JsonLines(output);
        lines.Add(writer =>
        {
            writer.WriteString("model", result.Folder);
            writer.WriteNumber("given_pairs", result.GivenPairs);
            writer.WriteNumber("right_answers", result.Golds);
            writer.WriteNumber("steps", result.Residual.Steps);
            writer.WriteNumber("residual_pairs", result.Residual.TrainingPairs.Used);
            writer.WriteNumber("weight", result.Chosen.Weight);
            writer.WriteStartArray("weights");
            foreach (MixtureWeight weight in result.Weights)
            {
                Write(writer, weight);
            }

            writer.WriteEndArray();
            if (badRows is { } count)
            {
                writer.WriteNumber("bad_rows", count);
            }
        });
        lines.Flush();
    }

    /// <summary>Writes lines for people; parameters as above.</summary>
    public static void WriteText(RecipeResult result, long? badRows, Terminal terminal)
    {
        using StreamWriter text = terminal.TextOutput();
        if (badRows is { } count)
        {
            text.WriteLine(FormattableString.Invariant($"{count} rows could not be read and were skipped"));
        }

        text.WriteLine(FormattableString.Invariant(
            $"{result.GivenPairs} given pairs, {result.Golds} right answers; the transformer learnt from {result.Residual.TrainingPairs.Used} pairs"));
        foreach (MixtureWeight weight in result.Weights)
        {
            text.WriteLine(FormattableString.Invariant(
                $"transformer times {weight.Weight}: held out {weight.Accuracy:F4}, mean of error types {weight.MacroAccuracy:F4}"));
        }

        text.WriteLine(FormattableString.Invariant($"model: {result.Folder}, with the transformer times {result.Chosen.Weight}"));
    }

    private static void Write(Utf8JsonWriter writer, MixtureWeight weight)
    {
        writer.WriteStartObject();
        writer.WriteNumber("weight", weight.Weight);
        writer.WriteNumber("accuracy", weight.Accuracy);
        writer.WriteNumber("macro_accuracy", weight.MacroAccuracy);
        writer.WriteEndObject();
    }
}
