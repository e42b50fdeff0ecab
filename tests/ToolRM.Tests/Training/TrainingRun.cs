using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using ToolRM.Engines;
using ToolRM.Models;
using ToolRM.Tests.Checkpoints;
using ToolRM.Training;

namespace ToolRM.Tests.Training;

/// <summary>Runs of the training loop on fake engines in one folder.</summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static PairwiseTrainingOptions Options { get; } = new()
    {
        Epochs = 2, LearningRate = 0.05, WarmupFraction = 0.2, PairsPerStep = 6, TokensPerMicroBatch = 40, EvaluationEvery = 4, LogEvery = 3,
        CheckpointEvery = 5, Seed = 9,
    };

    public TrainingPairs Train { get; init; } = TestPairs.Random(57);

    public TrainingPairs HeldOut { get; init; } = TestPairs.Random(20, seed: 8);

    public List<TrainingMetrics> Reports { get; } = [];

    public string Folder => _folder.Path;

    public string StatePath => Path.Combine(Folder, "checkpoint", "state.bin");

    public string MetricsPath => Path.Combine(Folder, "metrics.jsonl");

    /// <summary>The lines of metrics.jsonl without the figures that depend on time.</summary>
    public string[] Metrics => [.. File.ReadAllLines(MetricsPath).Select(line =>
    {
        using JsonDocument document = JsonDocument.Parse(line);
        return string.Join(';', document.RootElement.EnumerateObject()
            .Where(property => !property.Name.EndsWith("per_second", StringComparison.Ordinal))
            .Select(property => $"{property.Name}={property.Value.GetRawText()}"));
    })];

    public float[] SavedModel(string folder = "") => ReadModel(Path.Combine(Folder, folder));

    public TrainingState Run(FakeTrainingEngine engine, PairwiseTrainingOptions? options = null, CancellationToken cancellationToken = default) =>
        new TrainingLoop(
            engine, Train, HeldOut, options ?? Options, new TrainingFolder(Folder, SaveModel), new Collector(Reports), NullLogger.Instance)
        .Run(cancellationToken);

    public void Dispose() => _folder.Dispose();

    private static void SaveModel(string folder, ITrainingEngine engine)
    {
        Directory.CreateDirectory(folder);
        using var writer = new BinaryWriter(File.Create(Path.Combine(folder, "model.bin")));
        foreach (ParameterInfo parameter in engine.Parameters)
        {
            var values = new float[parameter.Count];
            engine.Read(parameter, ParameterPart.Value, values);
            Array.ForEach(values, writer.Write);
        }
    }

    private static float[] ReadModel(string folder)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(folder, "model.bin"));
        return [.. Enumerable.Range(0, bytes.Length / 4).Select(i => BitConverter.ToSingle(bytes, 4 * i))];
    }

    private sealed class Collector(List<TrainingMetrics> reports) : IProgress<TrainingMetrics>
    {
        public void Report(TrainingMetrics value) => reports.Add(value);
    }
}
