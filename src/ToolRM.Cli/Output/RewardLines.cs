using System.Globalization;
using System.Text.Json;
using ToolRM.Cli.Input;

namespace ToolRM.Cli.Output;

/// <summary>Rewards as lines, in the order of the rows.</summary>
internal static class RewardLines
{
    /// <summary>Writes batches: JSON objects with <c>reward</c> or <c>rewards</c>, or names and rewards between tabs.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="isJson">Whether as JSON.</param>
    /// <param name="isList">Whether a row has a list of candidates.</param>
    public static Action<IReadOnlyList<AnsweredRow<T, IReadOnlyList<RewardScore>>>> Writer<T>(Terminal terminal, bool isJson, Func<T, bool> isList)
    {
        if (!isJson)
        {
            return batch => WriteText(terminal, batch, isList);
        }

        var lines = new JsonLines(terminal.Output);
        return batch => WriteJson(lines, batch, isList);
    }

    private static void WriteJson<T>(JsonLines lines, IReadOnlyList<AnsweredRow<T, IReadOnlyList<RewardScore>>> batch, Func<T, bool> isList)
    {
        foreach ((InputRow<T> row, IReadOnlyList<RewardScore> scores) in batch)
        {
            lines.Add(writer =>
            {
                row.WriteId(writer);
                if (isList(row.Value))
                {
                    WriteList(writer, scores);
                }
                else
                {
                    WriteOne(writer, scores[0]);
                }
            });
        }

        lines.Flush();
    }

    private static void WriteOne(Utf8JsonWriter writer, RewardScore score)
    {
        writer.WriteNumber("reward", score.Reward);
        if (score.Findings is { } findings)
        {
            writer.WritePropertyName("findings");
            WriteFindings(writer, findings);
        }

        if (score.Explanation is { } explanation)
        {
            writer.WritePropertyName("explanation");
            Explanations.WriteJson(writer, explanation);
        }
    }

    private static void WriteList(Utf8JsonWriter writer, IReadOnlyList<RewardScore> scores)
    {
        writer.WriteStartArray("rewards");
        foreach (RewardScore score in scores)
        {
            writer.WriteNumberValue(score.Reward);
        }

        writer.WriteEndArray();
        WriteArray(writer, "findings", scores.Select(score => score.Findings), WriteFindings);
        WriteArray(writer, "explanation", scores.Select(score => score.Explanation), Explanations.WriteJson);
    }

    /// <summary>Writes what was asked for of all scores; nothing if it was not.</summary>
    private static void WriteArray<T>(Utf8JsonWriter writer, string name, IEnumerable<T?> values, Action<Utf8JsonWriter, T> write)
        where T : class
    {
        T[] known = [.. values.OfType<T>()];
        if (known.Length == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (T value in known)
        {
            write(writer, value);
        }

        writer.WriteEndArray();
    }

    private static void WriteFindings(Utf8JsonWriter writer, IReadOnlyList<ToolCallFinding> findings)
    {
        writer.WriteStartArray();
        foreach (ToolCallFinding finding in findings)
        {
            writer.WriteStartObject();
            writer.WriteString("code", SnakeCase.Of(finding.Code));
            writer.WriteString("type", finding.Type.Label());
            writer.WriteString("path", finding.Path);
            writer.WriteString("message", finding.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteText<T>(Terminal terminal, IReadOnlyList<AnsweredRow<T, IReadOnlyList<RewardScore>>> batch, Func<T, bool> isList)
    {
        using StreamWriter text = terminal.TextOutput();
        foreach ((InputRow<T> row, IReadOnlyList<RewardScore> scores) in batch)
        {
            for (int i = 0; i < scores.Count; i++)
            {
                string candidate = isList(row.Value) ? string.Create(CultureInfo.InvariantCulture, $"{i}\t") : "";
                string name = $"{OneLine.Of(row.Name)}\t{candidate}";
                text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}{scores[i].Reward}"));
                foreach (ToolCallFinding finding in scores[i].Findings ?? [])
                {
                    text.WriteLine($"{name}finding\t{SnakeCase.Of(finding.Code)}\t{OneLine.Of($"{finding.Path}: {finding.Message}")}");
                }

                foreach (string line in Explanations.Lines(scores[i].Explanation))
                {
                    text.WriteLine(line);
                }
            }
        }
    }
}
