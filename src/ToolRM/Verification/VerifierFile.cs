using System.Text.Json;
using ToolRM.Checkpoints;

namespace ToolRM.Verification;

/// <summary>A linear model as the file <c>verifier.json</c>: one feature a line, with name, weight, mean and scale.</summary>
internal static class VerifierFile
{
    /// <summary>The file's name in the model's folder.</summary>
    public const string Name = "verifier.json";

    private const int Format = 1;
    private const int MaxLength = 4_000_000;

    /// <summary>Whether a folder holds a verifier by itself, without a transformer.</summary>
    public static bool IsAlone(string folder) =>
        File.Exists(Path.Combine(folder, Name)) && !File.Exists(Path.Combine(folder, CheckpointFiles.Config));

    /// <summary>Writes the file of a folder, as a whole or not at all; the folder is created if missing.</summary>
    /// <exception cref="CheckpointException">The disk is full, access is denied and the like.</exception>
    public static void Write(string folder, LinearHead head, FeatureNames names)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(folder, $"cannot be written: {exception.Message}", null, exception);
        }

        AtomicFile.Write(Path.Combine(folder, Name), stream => Write(stream, head, names));
    }

    /// <summary>Writes the text.</summary>
    public static void Write(Stream stream, LinearHead head, FeatureNames names)
    {
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        writer.WriteStartObject();
        writer.WriteNumber("format", Format);
        writer.WriteString("feature_set", names.Version);
        writer.WriteNumber("bias", head.Bias);
        writer.WriteStartArray("features");
        for (int i = 0; i < names.Names.Count; i++)
        {
            writer.WriteRawValue(Line(names.Names[i], head.Features[i]));
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Reads the file of a folder.</summary>
    /// <exception cref="CheckpointException">There is none, it is damaged, or it is made for other features.</exception>
    public static LinearHead Read(string folder, FeatureNames names)
    {
        string path = Path.Combine(folder, Name);
        return File.Exists(path)
            ? Read(CheckpointFiles.Read(path, MaxLength), path, names)
            : throw new CheckpointException(folder, File.Exists(Path.Combine(folder, CheckpointFiles.Config))
                ? $"holds a transformer, where a verifier ({Name}) is expected: load it with RewardModel.LoadAsync"
                : $"is no verifier's folder: it holds no {Name}");
    }

    /// <summary>Reads the file of a folder; <see langword="null"/> if there is none.</summary>
    /// <exception cref="CheckpointException">It is damaged, or it is made for other features.</exception>
    public static LinearHead? TryRead(string folder, FeatureNames names) =>
        File.Exists(Path.Combine(folder, Name)) ? Read(folder, names) : null;

    /// <summary>Reads the text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="path">What to call it in messages.</param>
    /// <param name="names">The features it must hold, in any order.</param>
    /// <exception cref="CheckpointException">It is damaged, or made for other features.</exception>
    public static LinearHead Read(ReadOnlyMemory<byte> json, string path, FeatureNames names)
    {
        using JsonDocument document = JsonFields.Parse(json, path);
        var fields = new JsonFields(document.RootElement, path);
        if (fields.RequiredInteger("format") is var format && format != Format)
        {
            throw fields.Error($"is of format {format}, where {Format} is expected: it was written by another version of the library");
        }

        if (fields.Text("feature_set") is var version && version != names.Version)
        {
            throw OtherFeatures(path, $"of version {Quote(version ?? "none")}, where this library computes version {Quote(names.Version)}");
        }

        Dictionary<string, FeatureWeight> features = ReadFeatures(fields, path);
        if (names.Names.FirstOrDefault(name => !features.ContainsKey(name)) is { } missing)
        {
            throw OtherFeatures(path, $"without {Quote(missing)}");
        }

        if (features.Keys.Except(names.Names).FirstOrDefault() is { } unknown)
        {
            throw OtherFeatures(path, $"among them {Quote(unknown)}, which this library does not know");
        }

        return new LinearHead([.. names.Names.Select(name => features[name])], Single(fields, "bias"));
    }

    private static Dictionary<string, FeatureWeight> ReadFeatures(JsonFields fields, string path)
    {
        if (fields.Element("features") is not { ValueKind: JsonValueKind.Array } list)
        {
            throw fields.Error("'features' must be an array of objects with name, weight, mean and scale");
        }

        var features = new Dictionary<string, FeatureWeight>(StringComparer.Ordinal);
        int index = 0;
        foreach (JsonElement item in list.EnumerateArray())
        {
            string where = FormattableString.Invariant($"features[{index++}]");
            if (item.ValueKind != JsonValueKind.Object)
            {
                throw fields.Error($"'{where}' must be an object with name, weight, mean and scale");
            }

            var feature = new JsonFields(item, path, $"{where}.");
            string name = feature.Text("name") ?? throw fields.Error($"'{where}.name' is missing");
            var weight = new FeatureWeight(Single(feature, "weight"), Single(feature, "mean"), Single(feature, "scale"));
            if (weight.Scale <= 0)
            {
                throw fields.Error($"'{where}.scale' must be above 0");
            }

            if (!features.TryAdd(name, weight))
            {
                throw fields.Error($"'{where}' is {Quote(name)} for the second time");
            }
        }

        return features;
    }

    private static float Single(JsonFields fields, string name) =>
        (float)fields.RequiredNumber(name) is var value && float.IsFinite(value)
            ? value
            : throw fields.Error($"'{name}' is larger than a 32-bit number can be");

    private static CheckpointException OtherFeatures(string path, string which) => new(
        path, $"was trained on other features, {which}: train it again (VerifierTrainer, or toolrm train --verifier)");

    private static string Quote(string text) => $"'{CheckpointException.Printable(text)}'";

    /// <summary>A feature on a line of its own, white space included.</summary>
    private static ReadOnlySpan<byte> Line(string name, FeatureWeight feature)
    {
        var line = new MemoryStream();
        line.Write("\n    "u8);
        using (var writer = new Utf8JsonWriter(line))
        {
            writer.WriteStartObject();
            writer.WriteString("name", name);
            writer.WriteNumber("weight", feature.Weight);
            writer.WriteNumber("mean", feature.Mean);
            writer.WriteNumber("scale", feature.Scale);
            writer.WriteEndObject();
        }

        return line.GetBuffer().AsSpan(0, (int)line.Length);
    }
}
