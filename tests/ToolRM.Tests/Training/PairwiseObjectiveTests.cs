using Microsoft.Extensions.Logging.Abstractions;
using ToolRM.Tests.Data;
using ToolRM.Training;

namespace ToolRM.Tests.Training;

public class PairwiseObjectiveTests
{
    private static readonly BradleyTerryLoss _loss = new(LabelSmoothing: 0.1, Centering: 0.05);
    private static readonly TrainingPairs _pairs = TestPairs.Random(30);
    private static readonly int[] _all = [.. Enumerable.Range(0, 30)];

    [Fact]
    public void Gradients_are_those_of_the_mean_loss()
    {
        var engine = new FakeTrainingEngine();
        new PairwiseObjective(engine, _loss, 1000, NullLogger.Instance).Accumulate(_pairs, _all, 1, default);
        float[] gradients = [.. engine.Gradients("weights")];

        for (int token = 0; token < FakeTrainingEngine.Vocabulary; token++)
        {
            double slope = (MeanLoss(token, 1e-2f) - MeanLoss(token, -1e-2f)) / 2e-2;
            ((double)gradients[token]).Should().BeApproximately(slope, 1e-4);
        }

        static double MeanLoss(int token, float change)
        {
            var engine = new FakeTrainingEngine();
            engine.Weights[token] += change;
            return new PairwiseObjective(engine, _loss, 1000, NullLogger.Instance).Evaluate(_pairs, 1, default).ToMetrics().Loss;
        }
    }

    [Fact]
    public void Sharing_trees_changes_neither_loss_nor_gradients()
    {
        var shared = new FakeTrainingEngine();
        PairTotals together = new PairwiseObjective(shared, _loss, 1000, NullLogger.Instance).Accumulate(_pairs, _all, 1, default);

        // Pairs that are alone in their data set can share nothing.
        var apart = new FakeTrainingEngine();
        var objective = new PairwiseObjective(apart, _loss, 1000, NullLogger.Instance);
        var sum = new PairTotals();
        foreach (TokenizedPair pair in TestPairs.Pairs(30))
        {
            sum.Add(objective.Accumulate(TestPairs.Build(100, pair), new[] { 0 }, 1, default));
        }

        together.Tokens.Should().BeLessThan(sum.Tokens);
        together.Loss.Should().BeApproximately(sum.Loss, 1e-9);
        (together.Pairs, together.Correct, together.Ties).Should().Be((sum.Pairs, sum.Correct, sum.Ties));
        ShouldBeNear(shared.Gradients("weights"), [.. apart.Gradients("weights").Select(gradient => gradient / 30)]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(60)]
    public void Micro_batches_add_up_to_the_whole_step(int budget)
    {
        FakeTrainingEngine whole = new(), split = new();
        PairTotals expected = new PairwiseObjective(whole, _loss, 10_000, NullLogger.Instance).Accumulate(_pairs, _all, 1, default);

        PairTotals totals = new PairwiseObjective(split, _loss, budget, NullLogger.Instance).Accumulate(_pairs, _all, 1, default);

        split.Calls.Should().BeGreaterThan(whole.Calls);
        totals.Loss.Should().BeApproximately(expected.Loss, 1e-9);
        ShouldBeNear(split.Gradients("weights"), whole.Gradients("weights"));
        ShouldBeNear(split.Gradients("gain"), whole.Gradients("gain"));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(45)]
    public void A_device_that_is_too_small_gets_smaller_micro_batches_and_the_same_gradients(int most)
    {
        FakeTrainingEngine whole = new(), small = new() { MostTokensOfBackward = most };
        PairTotals expected = new PairwiseObjective(whole, _loss, 10_000, NullLogger.Instance).Accumulate(_pairs, _all, 1, default);
        var warnings = new ListLogger();
        var objective = new PairwiseObjective(small, _loss, 10_000, warnings);

        PairTotals totals = objective.Accumulate(_pairs, _all, 3, default);

        totals.Loss.Should().BeApproximately(expected.Loss, 1e-9);
        totals.Pairs.Should().Be(expected.Pairs);
        ShouldBeNear(small.Gradients("weights"), whole.Gradients("weights"));
        ShouldBeNear(small.Gradients("gain"), whole.Gradients("gain"));
        warnings.Messages.Should().HaveCountGreaterThan(1).And.OnlyContain(message => message.StartsWith("Step 3: the device's memory"));

        // What was learnt of the device is kept.
        int known = warnings.Messages.Count;
        objective.Accumulate(_pairs, _all, 4, default);
        warnings.Messages.Should().HaveCount(known);
    }

    [Fact]
    public void A_device_that_is_too_small_for_one_pair_is_an_error()
    {
        var engine = new FakeTrainingEngine { MostTokensOfBackward = 2 };
        Action learn = () => new PairwiseObjective(engine, _loss, 100, NullLogger.Instance).Accumulate(_pairs, _all, 1, default);
        learn.Should().Throw<OutOfDeviceMemoryException>();
    }

    [Fact]
    public void Evaluate_tells_right_wrong_and_tied_pairs_apart()
    {
        var engine = new FakeTrainingEngine();
        Array.Clear(engine.Weights);
        (engine.Gain[0], engine.Weights[1], engine.Weights[2]) = (1, 1, -2);
        TrainingPairs pairs = TestPairs.Build(
            100,
            new TokenizedPair("right", [9], [1], [3]),
            new TokenizedPair("right by a lot", [9], [1], [2]),
            new TokenizedPair("wrong", [9], [2], [3]),
            new TokenizedPair("tied", [9], [3], [4]));

        PairwiseMetrics metrics = new PairwiseObjective(engine, new BradleyTerryLoss(0, 0), 1000, NullLogger.Instance).Evaluate(pairs, 1, default).ToMetrics();

        metrics.Should().BeEquivalentTo(new
        {
            Pairs = 4, Accuracy = 0.5, AccuracyTiesHalf = 0.625, Ties = 1, MeanMargin = 0.5, MeanReward = -0.25, MinReward = -2.0, MaxReward = 1.0,
        });
        metrics.Loss.Should().BeApproximately((0.31326168751822286 + 0.04858735157374206 + 2.1269280110429727 + 0.6931471805599453) / 4, 1e-12);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_reward_that_is_not_finite_is_an_error_that_names_step_and_pair(float weight)
    {
        var engine = new FakeTrainingEngine();
        engine.Weights[3] = weight;
        TrainingPairs pairs = TestPairs.Build(100, new TokenizedPair("fine", [1], [2], [4]), new TokenizedPair("row 12", [1], [3], [4]));
        var objective = new PairwiseObjective(engine, _loss, 1000, NullLogger.Instance);

        Action learn = () => objective.Accumulate(pairs, new[] { 0, 1 }, 5, default);
        Action measure = () => objective.Evaluate(pairs, 5, default);

        learn.Should().Throw<TrainingDivergedException>().WithMessage("*step 5*row 12*").Which.Step.Should().Be(5);
        measure.Should().Throw<TrainingDivergedException>().WithMessage("*step 5*row 12*");
    }

    private static void ShouldBeNear(float[] actual, float[] expected)
    {
        expected.Should().Contain(value => Math.Abs(value) > 1e-3f);
        actual.Should().Equal(expected, (a, b) => Math.Abs(a - b) <= 1e-6f);
    }
}
