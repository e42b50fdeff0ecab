namespace ToolRM.Training;

/// <summary>
/// A reward, a gradient or a parameter is no longer a finite number. Nothing of the failed step is saved: the run folder
/// keeps its last good state.
/// </summary>
public sealed class TrainingDivergedException : ToolRMException
{
    internal TrainingDivergedException(int step, string finding)
        : base($"Training diverged at step {step}: {finding}. Start again with a lower LearningRate or MaxGradientNorm " +
            "or a longer warm-up (WarmupFraction); nothing of this step was saved.")
    {
        Step = step;
    }

    /// <summary>The optimiser step, from 1, at which it was noticed.</summary>
    public int Step { get; }
}
