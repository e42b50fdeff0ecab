using System.Text.Json;

namespace ToolRM.Training;

/// <summary>The metrics of a run as JSON Lines, one line a report, steps rising.</summary>
internal sealed class MetricsFile(string path)
{
    /// <summary>
    /// Drops all lines after a step, and a last line that a crash left unfinished, so that a resumed run writes each step once.
    /// </summary>
    public void Rewind(int lastStep)
    {
        if (!File.Exists(path))
        {
            return;
        }

        byte[] content = File.ReadAllBytes(path);
        int kept = 0;
        while (kept < content.Length)
        {
            int length = content.AsSpan(kept).IndexOf((byte)'\n');
            if (length < 0 || StepOf(content.AsMemory(kept, length)) is not { } step || step > lastStep)
            {
                break;
            }

            kept += length + 1;
        }

        using FileStream stream = new(path, FileMode.Open, FileAccess.Write);
        stream.SetLength(kept);
    }

    public void Append(TrainingMetrics metrics)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(metrics, TrainingJson.Default.TrainingMetrics), (byte)'\n'];
        using FileStream stream = new(path, FileMode.Append, FileAccess.Write);
        stream.Write(line);
    }

    private static int? StepOf(ReadOnlyMemory<byte> line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return document.RootElement.GetProperty("step").GetInt32();
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
