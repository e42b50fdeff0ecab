using Microsoft.Extensions.Logging.Abstractions;
using ToolRM.Engines;
using ToolRM.Training;

namespace ToolRM.Tests.Training;

public class TrainingLoopTests
{
    [Fact]
    public void It_learns_the_order_of_the_pairs()
    {
        using var run = new TrainingRun();

        TrainingState state = run.Run(new FakeTrainingEngine(), TrainingRun.Options with { Epochs = 20 });

        run.Reports[0].Accuracy.Should().BeLessThan(0.7);
        run.Reports[^1].Accuracy.Should().Be(1);
        run.Reports[^1].Loss.Should().BeLessThan(run.Reports[0].Loss / 3);
        state.HeldOut!.Accuracy.Should().BeGreaterThan(0.9);
    }

    [Fact]
    public void Steps_carry_number_schedule_and_options()
    {
        using var run = new TrainingRun();
        var engine = new FakeTrainingEngine();

        run.Run(engine, TrainingRun.Options with { Beta1 = 0.8, Beta2 = 0.9, Epsilon = 1e-7, WeightDecay = 0.3 });

        var schedule = new LearningRateSchedule(0.05, 0.2, 0.1, 20);
        engine.Steps.Select(step => (step.Step, step.LearningRate)).Should().Equal(Enumerable.Range(1, 20).Select(step => (step, schedule.At(step))));
        engine.Steps.Should().OnlyContain(step => step.Beta1 == 0.8 && step.Beta2 == 0.9 && step.Epsilon == 1e-7 && step.WeightDecay == 0.3);
        engine.MostTokens.Should().BeLessThanOrEqualTo(40);
    }

    [Fact]
    public void MaxSteps_ends_run_and_schedule_early()
    {
        using var run = new TrainingRun();
        var engine = new FakeTrainingEngine();

        run.Run(engine, TrainingRun.Options with { MaxSteps = 7 }).Step.Should().Be(7);

        engine.Steps[^1].LearningRate.Should().BeApproximately(0.005, 1e-15);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(1e6)]
    public void Gradients_are_scaled_down_to_the_maximum_norm_only(double most)
    {
        using var run = new TrainingRun();
        var engine = new FakeTrainingEngine();

        run.Run(engine, TrainingRun.Options with { MaxGradientNorm = most, LogEvery = 1 });

        engine.Steps.Select(step => step.GradientScale).Should().Equal(
            run.Reports.Select(report => Math.Min(1, most / report.GradientNorm)), (a, b) => Math.Abs(a - b) < 1e-12);
        engine.Steps.Should().Contain(step => most > 1 ? step.GradientScale == 1 : step.GradientScale < 0.5);
    }

    [Fact]
    public void Reports_come_when_due_and_cover_every_pair_once()
    {
        using var run = new TrainingRun();

        run.Run(new FakeTrainingEngine());

        run.Reports.Select(report => report.Step).Should().Equal(3, 4, 6, 8, 9, 12, 15, 16, 18, 20);
        run.Reports.Where(report => report.HeldOut is not null).Select(report => report.Step).Should().Equal(4, 8, 12, 16, 20);
        run.Reports.Sum(report => report.Pairs).Should().Be(2 * 57);
        run.Reports[^1].TotalPairs.Should().Be(2 * 57);
        run.Reports[^1].Epoch.Should().Be(2);
        run.Reports.Should().OnlyContain(report => report.TotalSteps == 20 && report.TokensPerSecond > 0 && report.PairsPerSecond > 0);
        run.Metrics.Should().HaveCount(run.Reports.Count);
        run.Metrics[^1].Should().Contain("step=20;").And.Contain("held_out=").And.Contain("learning_rate=0.005").And.Contain("accuracy=");
        run.Metrics[0].Should().NotContain("held_out");
    }

    [Fact]
    public void The_best_model_is_that_of_the_highest_held_out_accuracy_then_the_lowest_loss()
    {
        using var run = new TrainingRun();

        TrainingState state = run.Run(new FakeTrainingEngine(), TrainingRun.Options with { Epochs = 6, EvaluationEvery = 1, LearningRate = 0.2 });

        TrainingMetrics best = run.Reports.OrderByDescending(report => report.HeldOut!.Accuracy).ThenBy(report => report.HeldOut!.Loss).First();
        (state.BestStep, state.BestHeldOut).Should().Be((best.Step, best.HeldOut));
        best.Step.Should().BeLessThan(60);

        // The kept model is the one that gave these figures.
        var kept = new FakeTrainingEngine();
        float[] values = run.SavedModel("best");
        kept.Write(kept.Parameters[0], ParameterPart.Value, values.AsSpan(..^1));
        kept.Write(kept.Parameters[1], ParameterPart.Value, values.AsSpan(^1..));
        new PairwiseObjective(kept, new BradleyTerryLoss(0, 0.01), 40, NullLogger.Instance).Evaluate(run.HeldOut, 0, default).ToMetrics().Should().Be(best.HeldOut);
    }

    [Fact]
    public void Root_holds_the_last_model_and_best_only_what_was_kept()
    {
        using var run = new TrainingRun();
        var engine = new FakeTrainingEngine();

        run.Run(engine, TrainingRun.Options with { KeepBest = false });

        run.SavedModel().Should().Equal([.. engine.Weights, .. engine.Gain]);
        Directory.Exists(Path.Combine(run.Folder, "best")).Should().BeFalse();
    }

    [Fact]
    public void Without_held_out_pairs_nothing_is_evaluated()
    {
        using var run = new TrainingRun { HeldOut = TestPairs.None };

        TrainingState state = run.Run(new FakeTrainingEngine());

        (state.HeldOut, state.BestStep).Should().Be((null, null));
        run.Reports.Should().OnlyContain(report => report.HeldOut == null);
    }

    [Fact]
    public void No_usable_pair_is_an_error_that_says_why()
    {
        using var run = new TrainingRun { Train = TestPairs.Build(4, new TokenizedPair("a", [1, 2, 3], [4, 5], [6])) };

        Action train = () => run.Run(new FakeTrainingEngine());

        train.Should().Throw<ToolRMException>().WithMessage("*of 1 pairs, 1 are longer*MaxLength*");
    }

    [Fact]
    public void Diverging_is_an_error_that_leaves_the_last_good_state()
    {
        using var run = new TrainingRun();
        FakeTrainingEngine engine = null!;
        engine = new FakeTrainingEngine
        {
            BeforeCall = _ =>
            {
                if (engine.Steps.Count == 7)
                {
                    engine.Weights.AsSpan().Fill(float.NaN);
                }
            },
        };

        Action train = () => run.Run(engine);
        train.Should().Throw<TrainingDivergedException>().WithMessage("*LearningRate*").Which.Step.Should().Be(8);

        var resumed = new FakeTrainingEngine();
        run.Run(resumed).Step.Should().Be(20);
        resumed.Steps[0].Step.Should().Be(6);
        resumed.Snapshot().Should().OnlyContain(value => float.IsFinite(value));
    }

    [Fact]
    public void Gradients_that_are_not_finite_are_an_error_before_they_reach_the_parameters()
    {
        using var run = new TrainingRun();
        FakeTrainingEngine engine = null!;
        engine = new FakeTrainingEngine { BeforeCall = call => engine.Gradients("gain")[0] = call == 2 ? float.PositiveInfinity : 0 };

        Action train = () => run.Run(engine, TrainingRun.Options with { TokensPerMicroBatch = 1000 });

        train.Should().Throw<TrainingDivergedException>().WithMessage("*step 1*gradients*");
        engine.Steps.Should().BeEmpty();
        File.Exists(run.StatePath).Should().BeFalse();
    }

    [Fact]
    public void A_parameter_that_is_not_finite_is_never_saved()
    {
        using var run = new TrainingRun();
        run.Run(new FakeTrainingEngine(), TrainingRun.Options with { MaxSteps = 5, LogEvery = 100 });
        byte[] good = File.ReadAllBytes(run.StatePath);
        var engine = new FakeTrainingEngine();
        var poisoned = new float[1] { float.NaN };
        engine.Write(engine.Parameters[1], ParameterPart.SecondMoment, poisoned);

        Action save = () => TrainingStateFile.Save(run.StatePath, new TrainingState { Identity = [], Step = 6 }, engine);

        save.Should().Throw<TrainingDivergedException>().WithMessage("*'gain'*");
        File.ReadAllBytes(run.StatePath).Should().Equal(good);
        Directory.GetFiles(Path.GetDirectoryName(run.StatePath)!).Should().ContainSingle();
    }
}
