using ToolRM.Checkpoints;
using ToolRM.Engines;

namespace ToolRM.Training;

/// <summary>
/// A run's folder: the final model at its root, <c>best/</c> (the best model on the held-out pairs),
/// <c>checkpoint/state.bin</c> (the state to resume from) and <c>metrics.jsonl</c>. Beside either model <c>adapter/</c>, if adapters
/// were trained. One run at a time.
/// </summary>
/// <param name="folder">The folder; created when the run starts.</param>
/// <param name="saveModel">Writes the engine's model to a folder, atomically, keeping other files in it.</param>
internal sealed class TrainingFolder(string folder, Action<string, ITrainingEngine> saveModel) : ITrainingStore
{
    private readonly MetricsFile _metrics = new(Path.Combine(folder, "metrics.jsonl"));

    /// <summary>Folder of the best model.</summary>
    public string BestFolder { get; } = Path.Combine(folder, "best");

    private string StatePath => Path.Combine(folder, "checkpoint", "state.bin");

    public TrainingState? Start(ITrainingEngine engine, IReadOnlyDictionary<string, string> identity, bool resume)
    {
        AtomicFolder.Prepare(folder);
        Directory.CreateDirectory(Path.GetDirectoryName(StatePath)!);
        TrainingState? state = null;
        if (!resume)
        {
            File.Delete(StatePath);
        }
        else if (File.Exists(StatePath))
        {
            state = TrainingStateFile.Load(StatePath, engine, identity);
        }

        if (state is null)
        {
            DeleteAdapter(folder);
            DeleteAdapter(BestFolder);
        }

        _metrics.Rewind(state?.LoggedStep ?? 0);
        return state;
    }

    public void SaveState(TrainingState state, ITrainingEngine engine) => TrainingStateFile.Save(StatePath, state, engine);

    public void SaveBest(ITrainingEngine engine) => saveModel(BestFolder, engine);

    public void SaveFinal(ITrainingEngine engine) => saveModel(folder, engine);

    public void Append(TrainingMetrics metrics) => _metrics.Append(metrics);

    /// <summary>Deletes the adapters of a run before this one: they would stay beside a model that was trained without.</summary>
    private static void DeleteAdapter(string modelFolder)
    {
        string adapter = Path.Combine(modelFolder, CheckpointFiles.AdapterFolder);
        if (File.Exists(Path.Combine(adapter, CheckpointFiles.AdapterConfig)))
        {
            Directory.Delete(adapter, recursive: true);
        }
    }
}
