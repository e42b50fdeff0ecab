using ToolRM.Checkpoints;
using ToolRM.Training;

namespace ToolRM.Tests.Training;

public class ResumeTests
{
    private const int HeldOutForests = 4;
    private static readonly (float[] Numbers, float[] Best, string[] Metrics, int Calls) _straight = Straight();

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public void Stopping_at_any_kind_of_call_and_resuming_gives_the_same_run(bool cancel, int first)
    {
        _straight.Calls.Should().BeGreaterThan(90);
        for (int stop = first; stop <= _straight.Calls; stop += 3)
        {
            using var run = new TrainingRun();
            Stop(run, stop, cancel);

            var engine = new FakeTrainingEngine();
            run.Run(engine);

            ShouldBeStraight(run, engine, $"it was stopped at call {stop}");
            engine.Steps.Should().HaveCountLessThanOrEqualTo(20);
        }
    }

    [Fact]
    public void Stopping_again_and_again_gives_the_same_run()
    {
        using var run = new TrainingRun();
        for (int i = 0; i < 30; i++)
        {
            Stop(run, 3 + (i * 7 % 11), cancel: i % 3 != 0);
        }

        var engine = new FakeTrainingEngine();
        run.Run(engine);

        ShouldBeStraight(run, engine, "it was stopped often");
    }

    [Fact]
    public void Cancelling_loses_no_finished_step()
    {
        using var run = new TrainingRun();
        FakeTrainingEngine stopped = Stop(run, 71, cancel: true);

        var engine = new FakeTrainingEngine();
        run.Run(engine);

        stopped.Steps.Should().HaveCountGreaterThan(5).And.HaveCountLessThan(20);
        engine.Steps.Should().HaveCount(20 - stopped.Steps.Count);
    }

    [Fact]
    public void Cancelling_between_steps_saves_too()
    {
        using var run = new TrainingRun();
        using var source = new CancellationTokenSource();
        source.Cancel();

        Action train = () => run.Run(new FakeTrainingEngine(), cancellationToken: source.Token);

        train.Should().Throw<OperationCanceledException>();
        File.Exists(run.StatePath).Should().BeTrue();
    }

    [Fact]
    public void A_finished_run_is_not_trained_again()
    {
        using var run = new TrainingRun();
        run.Run(new FakeTrainingEngine());

        var engine = new FakeTrainingEngine();
        run.Run(engine);

        engine.Calls.Should().Be(0);
        ShouldBeStraight(run, engine, "it was finished");
    }

    [Fact]
    public void What_was_missing_at_the_last_step_is_made_up_for_once()
    {
        using var run = new TrainingRun();
        Stop(run, _straight.Calls, cancel: true).Steps.Should().HaveCount(20);
        run.Metrics.Should().HaveCount(_straight.Metrics.Length - 1);
        var second = new FakeTrainingEngine();
        run.Run(second);

        var third = new FakeTrainingEngine();
        run.Run(third);

        (second.Calls, third.Calls).Should().Be((HeldOutForests, 0));
        ShouldBeStraight(run, third, "only its last evaluation was missing");
    }

    [Fact]
    public void Run_whose_final_save_was_interrupted_is_found_again()
    {
        using var run = new TrainingRun();
        Stop(run, 60, cancel: true);
        Directory.Move(run.Folder, AtomicFolder.PreviousOf(run.Folder));

        var engine = new FakeTrainingEngine();
        run.Run(engine);

        engine.Steps.Should().HaveCountLessThan(20);
        ShouldBeStraight(run, engine, "its state was found again");
        Directory.Exists(AtomicFolder.PreviousOf(run.Folder)).Should().BeFalse();
    }

    [Fact]
    public void Without_resume_the_run_starts_over()
    {
        using var run = new TrainingRun();
        Stop(run, 60, cancel: true);

        var engine = new FakeTrainingEngine();
        run.Run(engine, TrainingRun.Options with { Resume = false });

        engine.Steps.Should().HaveCount(20);
        ShouldBeStraight(run, engine, "it started over");
    }

    [Fact]
    public void Reporting_and_saving_may_change_on_resume()
    {
        using var run = new TrainingRun();
        Stop(run, 60, cancel: true);

        var engine = new FakeTrainingEngine();
        run.Run(engine, TrainingRun.Options with { LogEvery = 1, CheckpointEvery = 2 });

        engine.Snapshot().Should().Equal(_straight.Numbers);
    }

    [Fact]
    public void Another_option_is_an_error_that_names_it()
    {
        ShouldBeRefused("*LearningRate was 0.05 and is now 0.06*", options: TrainingRun.Options with { LearningRate = 0.06 });
        ShouldBeRefused("*Seed was 9 and is now 10*", "*PairsPerStep was 6 and is now 5*", TrainingRun.Options with { Seed = 10, PairsPerStep = 5 });
    }

    [Fact]
    public void Other_pairs_or_another_model_are_an_error_that_names_them()
    {
        ShouldBeRefused("*: training pairs was 57 *", train: TestPairs.Random(57, seed: 70));
        ShouldBeRefused("*: held-out pairs was 20 *", heldOut: TestPairs.Random(21, seed: 8));
        ShouldBeRefused("*: model was llama*", engine: new FakeTrainingEngine(seed: 2));
    }

    private static void ShouldBeRefused(
        string message,
        string other = "*",
        PairwiseTrainingOptions? options = null,
        TrainingPairs? train = null,
        TrainingPairs? heldOut = null,
        FakeTrainingEngine? engine = null)
    {
        using var run = new TrainingRun { Train = train ?? TestPairs.Random(57), HeldOut = heldOut ?? TestPairs.Random(20, seed: 8) };
        using var saved = new TrainingRun();
        Stop(saved, 60, cancel: true);
        Directory.CreateDirectory(Path.GetDirectoryName(run.StatePath)!);
        File.Copy(saved.StatePath, run.StatePath);
        byte[] before = File.ReadAllBytes(run.StatePath);

        Action resume = () => run.Run(engine ?? new FakeTrainingEngine(), options);

        resume.Should().Throw<TrainingStateException>().WithMessage(message).WithMessage(other).WithMessage("*Resume = false*");
        File.ReadAllBytes(run.StatePath).Should().Equal(before);
    }

    private static (float[], float[], string[], int) Straight()
    {
        using var run = new TrainingRun();
        var engine = new FakeTrainingEngine();
        run.Run(engine);
        return (engine.Snapshot(), run.SavedModel("best"), run.Metrics, engine.Calls);
    }

    /// <summary>Runs until a call, which is cancelled, or at which the process crashes.</summary>
    private static FakeTrainingEngine Stop(TrainingRun run, int atCall, bool cancel)
    {
        using var source = new CancellationTokenSource();
        var engine = new FakeTrainingEngine
        {
            BeforeCall = call =>
            {
                if (call == atCall)
                {
                    (cancel ? source.Cancel : (Action)(() => throw new InvalidOperationException("crash")))();
                }
            },
        };
        try
        {
            run.Run(engine, cancellationToken: source.Token);
        }
        catch (OperationCanceledException) when (cancel)
        {
        }
        catch (InvalidOperationException exception) when (exception.Message == "crash")
        {
        }

        return engine;
    }

    private static void ShouldBeStraight(TrainingRun run, FakeTrainingEngine engine, string because)
    {
        engine.Snapshot().Should().Equal(_straight.Numbers, because);
        run.SavedModel().Should().Equal([.. engine.Weights, .. engine.Gain], because);
        run.SavedModel("best").Should().Equal(_straight.Best, because);
        run.Metrics.Should().Equal(_straight.Metrics, because);
    }
}
