namespace ToolRM.Training;

/// <summary>
/// Linear warm-up to the peak, then half a cosine down to a fraction of it at the last step. The first step already
/// learns: a warm-up of n steps starts at peak / n.
/// </summary>
internal readonly record struct LearningRateSchedule
{
    private readonly double _peak, _finalFraction;
    private readonly int _warmupSteps, _totalSteps;

    public LearningRateSchedule(double peak, double warmupFraction, double finalFraction, int totalSteps)
    {
        _peak = peak;
        _finalFraction = finalFraction;
        _totalSteps = totalSteps;
        _warmupSteps = Math.Clamp((int)Math.Ceiling(warmupFraction * totalSteps), 1, Math.Max(totalSteps, 1));
    }

    /// <summary>The learning rate of a step, numbered from 1.</summary>
    public double At(int step)
    {
        if (step <= _warmupSteps)
        {
            return _peak * step / _warmupSteps;
        }

        double progress = Math.Min(1, (double)(step - _warmupSteps) / (_totalSteps - _warmupSteps));
        return _peak * (_finalFraction + ((1 - _finalFraction) * 0.5 * (1 + Math.Cos(Math.PI * progress))));
    }
}
