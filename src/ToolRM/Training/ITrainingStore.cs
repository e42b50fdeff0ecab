using ToolRM.Engines;

namespace ToolRM.Training;

/// <summary>Where a run keeps what must outlive it. Everything it saves replaces the old as a whole or not at all.</summary>
internal interface ITrainingStore
{
    /// <summary>Gets ready for a run: restores the saved one into the engine, or discards it.</summary>
    /// <param name="engine">Receives parameters and moments of a restored run.</param>
    /// <param name="identity">What the run is about; a saved run of another identity is an error.</param>
    /// <param name="resume">Whether a saved run is continued.</param>
    /// <returns>The saved state, or <see langword="null"/> if the run starts from the beginning.</returns>
    /// <exception cref="TrainingStateException">The saved run is damaged or another one.</exception>
    TrainingState? Start(ITrainingEngine engine, IReadOnlyDictionary<string, string> identity, bool resume);

    /// <summary>Saves what <see cref="Start"/> restores.</summary>
    /// <exception cref="TrainingDivergedException">A value is not finite; the old state stays.</exception>
    void SaveState(TrainingState state, ITrainingEngine engine);

    /// <summary>Saves the model as the best so far.</summary>
    void SaveBest(ITrainingEngine engine);

    /// <summary>Saves the model as the result of the run.</summary>
    void SaveFinal(ITrainingEngine engine);

    /// <summary>Adds a report to the run's metrics.</summary>
    void Append(TrainingMetrics metrics);
}
