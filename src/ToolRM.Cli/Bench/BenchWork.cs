using System.Diagnostics;
using ToolRM.Engines;
using ToolRM.Training;

namespace ToolRM.Cli.Bench;

/// <summary>A case that is ready to run: its engine, its forests and room for what they give.</summary>
internal sealed class BenchWork
{
    private readonly IRewardEngine _engine;
    private readonly IReadOnlyList<TokenForest> _forests;
    private readonly float[] _rewards, _gradients;
    private int _step;

    public BenchWork(BenchCase shape, IRewardEngine engine)
    {
        Case = shape;
        _engine = engine;
        int budget = shape.IsTraining ? new PairwiseTrainingOptions().TokensPerMicroBatch : new RewardModelOptions().TokenBudget;
        _forests = BenchForests.Create(shape, engine.Config, budget);
        _rewards = new float[_forests.Max(forest => forest.Leaves.Length)];
        _gradients = [.. _rewards.Select((_, leaf) => leaf % 2 == 0 ? -0.5f : 0.5f)];
        Operations = _forests.Sum(forest => shape.IsTraining
            ? ForestOperations.Training(forest, engine.Config)
            : ForestOperations.Scoring(forest, engine.Config));
    }

    public BenchCase Case { get; }

    public KernelPlan Plan => _engine.Plan;

    /// <summary>Floating-point operations that one call needs at least.</summary>
    public double Operations { get; }

    /// <summary>Runs it some times and returns the mean seconds of a call.</summary>
    public double Time(int calls, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
        {
            Run(cancellationToken);
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds / calls;
    }

    private void Run(CancellationToken cancellationToken)
    {
        foreach (TokenForest forest in _forests)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_engine is ITrainingEngine trainer)
            {
                trainer.Forward(forest, _rewards, cancellationToken);
                trainer.Backward(_gradients.AsSpan(0, forest.Leaves.Length), cancellationToken);
            }
            else
            {
                _engine.Score(forest, _rewards, cancellationToken);
            }
        }

        if (_engine is ITrainingEngine learner)
        {
            Learn(learner);
        }
    }

    /// <summary>The rate is so small that the model stays what it was, however often it is measured.</summary>
    private void Learn(ITrainingEngine engine)
    {
        const double Rate = 1e-9;
        double norm = engine.GradientNorm();
        engine.Step(new AdamWStep(
            ++_step, Rate, Beta1: 0.9, Beta2: 0.95, Epsilon: 1e-8, WeightDecay: 0.1, GradientScale: 1 / Math.Max(1, norm)));
    }
}
