using ToolRM.Training;
using ToolRM.Verification;

namespace ToolRM.Tests.Training;

public sealed class LinearTrainerTests
{
    /// <summary>Pairs whose order follows a linear rule: the side that it prefers is chosen as often as Bradley-Terry says.</summary>
    private static VectorPairs Pairs(int count, double[] rule, int seed = 1)
    {
        var random = new Random(seed);
        var pairs = new VectorPairs();
        for (int i = 0; i < count; i++)
        {
            float[] first = Vector(), second = Vector();
            double difference = rule.Select((weight, j) => weight * (first[j] - second[j])).Sum();
            bool isFirst = random.NextDouble() < 1 / (1 + Math.Exp(-difference));
            pairs.Add(isFirst ? first : second, isFirst ? second : first);
        }

        return pairs;

        float[] Vector() => [.. rule.Select((_, j) => (float)(random.NextDouble() - 0.5) * (j + 1))];
    }

    private static double[] Slopes(LinearHead head) => [.. head.Features.Select(feature => (double)feature.Weight / feature.Scale)];

    [Fact]
    public void Known_rule_is_recovered()
    {
        double[] rule = [4, -2, 0, 1, 0, -0.5];
        var options = new VerifierTrainingOptions { WeightPenalty = 0, FeatureDropout = 0, CenteringCoefficient = 0, LearningRate = 0.01 };

        LinearHead head = new LinearTrainer(Pairs(20_000, rule), options).Train();

        Slopes(head).Zip(rule, (found, expected) => Math.Abs(found - expected)).Max().Should().BeLessThan(0.15);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(1000)]
    public void Few_pairs_are_enough_for_the_default_options(int count)
    {
        double[] rule = [.. Enumerable.Range(0, 60).Select(i => i % 6 == 0 ? 6.0 / (i + 1) : 0)];
        VectorPairs fresh = Pairs(5000, rule, seed: 99);
        double best = Accuracy(new LinearHead([.. rule.Select(weight => new FeatureWeight((float)weight, 0, 1))], 0), fresh);

        LinearHead head = new LinearTrainer(Pairs(count, rule), new VerifierTrainingOptions()).Train();

        Accuracy(head, fresh).Should().BeGreaterThan(best - (count == 300 ? 0.08 : 0.04));
    }

    private static double Accuracy(LinearHead head, VectorPairs pairs) => LinearEvaluation.Measure(head, pairs, new BradleyTerryLoss(0, 0))!.Accuracy;

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void Gradient_is_that_of_the_objective(double dropout)
    {
        var pairs = new VectorPairs();
        var random = new Random(5);
        for (int i = 0; i < 7; i++)
        {
            pairs.Add([.. Enumerable.Range(0, 5).Select(_ => random.NextSingle())], [.. Enumerable.Range(0, 5).Select(_ => random.NextSingle())], 0.3 * i);
        }

        var objective = new LinearObjective(pairs, FeatureStatistics.Of(pairs), new BradleyTerryLoss(0.1, 0.05), penalty: 0.2);
        double[] parameters = [0.3, -0.7, 0.2, 0.9, -0.1, 0.4];
        double[] gradient = new double[6], ignored = new double[6];
        double Loss(Span<double> into) =>
            objective.Evaluate([0, 2, 3, 6], parameters, new FeatureDropout(dropout, Xoshiro256.Create(3, 0)), into);

        Loss(gradient);

        for (int i = 0; i < parameters.Length; i++)
        {
            const double Step = 1e-5;
            double value = parameters[i];
            parameters[i] = value + Step;
            double above = Loss(ignored);
            parameters[i] = value - Step;
            double below = Loss(ignored);
            parameters[i] = value;
            gradient[i].Should().BeApproximately((above - below) / (2 * Step), 1e-8);
        }
    }

    [Fact]
    public void Margin_widens_the_difference()
    {
        var options = new VerifierTrainingOptions { CenteringCoefficient = 0, FeatureDropout = 0, LearningRate = 0.05 };
        double Difference(double margin)
        {
            var pairs = new VectorPairs();
            for (int i = 0; i < 50; i++)
            {
                pairs.Add([1, i % 2], [0, i % 3 == 0 ? 1 : 0], margin);
            }

            LinearHead head = new LinearTrainer(pairs, options).Train();
            return head.Score([1, 0]) - head.Score([0, 0]);
        }

        Difference(2).Should().BeGreaterThan(Difference(0) + 1);
    }

    [Fact]
    public void Centering_and_penalty_make_rewards_small()
    {
        VectorPairs pairs = Pairs(500, [8, 8, 8]);
        double Size(VerifierTrainingOptions options) => Slopes(new LinearTrainer(pairs, options).Train()).Sum(Math.Abs);
        var plain = new VerifierTrainingOptions { WeightPenalty = 0, CenteringCoefficient = 0, FeatureDropout = 0, LearningRate = 0.05 };

        Size(plain with { WeightPenalty = 0.1 }).Should().BeLessThan(Size(plain) / 2);
        Size(plain with { CenteringCoefficient = 0.5 }).Should().BeLessThan(Size(plain) / 1.2);
    }

    [Fact]
    public void Training_repeats_bit_for_bit_and_depends_on_the_seed()
    {
        VectorPairs pairs = Pairs(300, [3, -2, 1, 0]);
        LinearHead Train(ulong seed) => new LinearTrainer(pairs, new VerifierTrainingOptions { Seed = seed, MinSteps = 50 }).Train();

        LinearHead first = Train(1), again = Train(1);

        again.Features.Should().Equal(first.Features);
        again.Bias.Should().Be(first.Bias);
        Train(2).Features.Should().NotEqual(first.Features);
    }

    [Fact]
    public void Statistics_are_of_both_sides_and_scales_have_a_floor()
    {
        FeatureStatistics.Of(new VectorPairs([[1, 5, 0], [3, 5, 0]], [[5, 5, 0], [7, 5, 0.4f]])).Should().Equal(
            new FeatureWeight(0, 4, (float)Math.Sqrt(5)), new FeatureWeight(0, 5, 0.15f), new FeatureWeight(0, 0.1f, (float)Math.Sqrt(0.03)));
    }

    [Fact]
    public void Features_that_never_differ_get_no_weight()
    {
        VectorPairs pairs = Pairs(200, [3, 0]);
        for (int i = 0; i < pairs.Count; i++)
        {
            pairs.Chosen[i][1] = pairs.Rejected[i][1] = 1;
        }

        new LinearTrainer(pairs, new VerifierTrainingOptions()).Train().Features[1].Weight.Should().Be(0);
    }

    [Fact]
    public void Steps_are_those_of_the_epochs_but_not_too_few()
    {
        VectorPairs pairs = Pairs(600, [1]);
        int Steps(VerifierTrainingOptions options) => new LinearTrainer(pairs, options).Steps;

        Steps(new VerifierTrainingOptions()).Should().Be(1000);
        Steps(new VerifierTrainingOptions { MinSteps = 1 }).Should().Be(8, "1800 pairs are 7.03 steps of 256");
        Steps(new VerifierTrainingOptions { MinSteps = 1, PairsPerStep = 4096, Epochs = 5 }).Should().Be(5);
    }

    [Fact]
    public void Every_round_of_the_order_has_each_pair_once()
    {
        var order = new EndlessOrder(5, Xoshiro256.Create(1, 1));
        int[] numbers = new int[15], rest = new int[5];
        order.Take(numbers.AsSpan(0, 8));
        order.Take(numbers.AsSpan(8));
        order.Take(rest);

        foreach (int[] round in numbers.Concat(rest).Chunk(5))
        {
            round.Should().BeEquivalentTo([0, 1, 2, 3, 4]);
        }

        numbers[..5].Should().NotEqual(numbers[5..10]);
    }

    [Fact]
    public void Dropout_hides_its_share_and_keeps_the_mean()
    {
        var dropout = new FeatureDropout(0.3, Xoshiro256.Create(1, 1));
        var mask = new double[100_003];

        dropout.Draw(mask);

        mask.Distinct().Order().Should().HaveCount(2).And.StartWith(0);
        mask.Count(value => value == 0).Should().BeInRange(29_500, 30_500);
        mask.Average().Should().BeApproximately(1, 0.01);
        new FeatureDropout(0, Xoshiro256.Create(1, 1)).Draw(mask);
        mask.Should().OnlyContain(value => value == 1);
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        FluentActions.Invoking(() => new LinearTrainer(new VectorPairs(), new VerifierTrainingOptions()))
            .Should().Throw<ToolRMException>().WithMessage("There is nothing to train on*");
        FluentActions.Invoking(() => new VectorPairs([[1]], [])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new VectorPairs([[1], [1]], [[1], [1, 2]])).Should().Throw<ArgumentException>().WithMessage("*Pair 1*1 and 2*");
        FluentActions.Invoking(() => new LinearTrainer(new VectorPairs([[float.NaN]], [[1]]), new VerifierTrainingOptions()).Train())
            .Should().Throw<TrainingDivergedException>();
        using var stopped = new CancellationTokenSource();
        FluentActions.Invoking(() => new LinearTrainer(Pairs(10, [1]), new VerifierTrainingOptions()).Train(
                step =>
                {
                    if (step == 3)
                    {
                        stopped.Cancel();
                    }
                },
                stopped.Token))
            .Should().Throw<OperationCanceledException>();
    }

    [Theory]
    [InlineData("Epochs")]
    [InlineData("MinSteps")]
    [InlineData("PairsPerStep")]
    [InlineData("LearningRate")]
    [InlineData("CenteringCoefficient")]
    [InlineData("WeightPenalty")]
    [InlineData("FeatureDropout")]
    [InlineData("Threads")]
    public void Option_out_of_range_is_named(string option)
    {
        var good = new VerifierTrainingOptions();
        VerifierTrainingOptions bad = option switch
        {
            "Epochs" => good with { Epochs = 0 },
            "MinSteps" => good with { MinSteps = 0 },
            "PairsPerStep" => good with { PairsPerStep = 0 },
            "LearningRate" => good with { LearningRate = double.NaN },
            "CenteringCoefficient" => good with { CenteringCoefficient = -1 },
            "WeightPenalty" => good with { WeightPenalty = double.PositiveInfinity },
            "FeatureDropout" => good with { FeatureDropout = 1 },
            _ => good with { Threads = 0 },
        };

        good.Validate();
        FluentActions.Invoking(bad.Validate).Should().Throw<ArgumentOutOfRangeException>().WithParameterName(option);
    }
}
