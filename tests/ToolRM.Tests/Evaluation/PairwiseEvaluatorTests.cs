using System.Globalization;
using ToolRM.Data;
using ToolRM.Evaluation;

namespace ToolRM.Tests.Evaluation;

public class PairwiseEvaluatorTests
{
    /// <summary>The candidate's text is its reward.</summary>
    private static double ByText(Candidate candidate) => double.Parse(candidate.Text!, CultureInfo.InvariantCulture);

    private static PreferencePair Pair(double chosen, double rejected, string? errorType = null, string id = "p") => new(
        id,
        ToolPrompt.FromUser("hello"),
        Candidate.FromText(chosen.ToString(CultureInfo.InvariantCulture)),
        Candidate.FromText(rejected.ToString(CultureInfo.InvariantCulture)))
    {
        ErrorType = errorType,
    };

    [Fact]
    public async Task Figures_are_those_worked_out_by_hand()
    {
        PreferencePair[] pairs =
        [
            Pair(2, 1, "name", "a"), // right by 1
            Pair(0, 0, "name", "b"), // tie
            Pair(1, 3, "value", "c"), // wrong by 2
            Pair(5, 1, "value", "d"), // right by 4
            Pair(-1, -2, "value", "e"), // right by 1
            Pair(7, 7, null, "f"), // tie
        ];

        EvaluationReport report = await new PairwiseEvaluator(new RuleModel(ByText)).EvaluateAsync(pairs);

        report.Pairs.Should().Be(6);
        report.Ties.Should().Be(2);
        report.Accuracy.Should().Be(0.5);
        report.AccuracyTiesHalf.Should().BeApproximately(4.0 / 6, 1e-15);
        report.MacroAccuracy.Should().BeApproximately((0.5 + (2.0 / 3) + 0) / 3, 1e-15);
        report.ByErrorType.Should().Equal(new Dictionary<string, PairAccuracy>
        {
            ["name"] = new(2, 1, 1),
            ["unknown"] = new(1, 0, 1),
            ["value"] = new(3, 2, 0),
        });
        report.ByErrorType["name"].AccuracyTiesHalf.Should().Be(0.75);
        report.MeanMargin.Should().BeApproximately(4.0 / 6, 1e-15);
        report.OverLength.Should().Be(0);
        report.Model.Should().Be("RuleModel");
        report.PairsPerSecond.Should().BePositive();
        report.Rows.Should().HaveCount(6);
        report.Rows[3].Should().Be(new PairEvaluation("d", 5, 1, "value"));
    }

    [Fact]
    public async Task Error_types_are_in_the_order_of_their_names_and_blank_counts_as_unknown()
    {
        EvaluationReport report = await new PairwiseEvaluator(new RuleModel(ByText))
            .EvaluateAsync([Pair(1, 0, "zebra"), Pair(1, 0, " "), Pair(1, 0, "Ant"), Pair(1, 0)]);

        report.ByErrorType.Keys.Should().Equal("Ant", "unknown", "zebra");
        report.ByErrorType["unknown"].Pairs.Should().Be(2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(64)]
    public async Task Batch_size_makes_no_difference(int batchSize)
    {
        PreferencePair[] pairs = [.. Enumerable.Range(0, 7).Select(i => Pair(i % 3, 1, "type", $"{i}"))];

        EvaluationReport report = await new PairwiseEvaluator(
            new RuleModel(ByText), new PairwiseEvaluationOptions { BatchSize = batchSize, ModelName = "mine" }).EvaluateAsync(pairs);

        report.Rows.Select(row => row.Id).Should().Equal("0", "1", "2", "3", "4", "5", "6");
        report.Overall.Should().Be(new PairAccuracy(7, 2, 2));
        report.Model.Should().Be("mine");
    }

    [Fact]
    public async Task Progress_counts_pairs_batch_by_batch()
    {
        var told = new List<EvaluationProgress>();

        await new PairwiseEvaluator(new RuleModel(ByText), new PairwiseEvaluationOptions { BatchSize = 2 })
            .EvaluateAsync([Pair(1, 0), Pair(0, 1), Pair(1, 0)], new Teller(told));

        told.Should().Equal(new EvaluationProgress(2, 1, 0), new EvaluationProgress(3, 2, 0));
    }

    [Fact]
    public async Task Pair_that_is_too_long_is_an_error_that_names_it()
    {
        var model = new RuleModel(RejectNines);

        Func<Task> evaluate = () => new PairwiseEvaluator(model, new PairwiseEvaluationOptions { BatchSize = 1 })
            .EvaluateAsync([Pair(1, 0, id: "short"), Pair(1, 9, id: "endless")]);

        (await evaluate.Should().ThrowAsync<ToolRMException>().WithMessage("Pair 'endless' has 500 tokens*maximum of 100*"))
            .WithInnerException<OverLengthException>();
    }

    [Fact]
    public async Task Pairs_that_are_too_long_can_be_left_out_and_are_counted()
    {
        // The model scores a batch one by one, so that its errors call every request number 0.
        EvaluationReport report = await new PairwiseEvaluator(
                new RuleModel(RejectNines), new PairwiseEvaluationOptions { OverLength = OverLengthPairs.Skip })
            .EvaluateAsync([Pair(1, 0, id: "a"), Pair(1, 9, id: "b"), Pair(0, 1, id: "c"), Pair(9, 1, id: "d"), Pair(3, 1, id: "e")]);

        report.Rows.Select(row => row.Id).Should().Equal("a", "c", "e");
        report.OverLength.Should().Be(2);
        report.Accuracy.Should().BeApproximately(2.0 / 3, 1e-15);
    }

    [Fact]
    public async Task Nothing_left_to_evaluate_is_an_error()
    {
        var evaluator = new PairwiseEvaluator(
            new RuleModel(RejectNines), new PairwiseEvaluationOptions { OverLength = OverLengthPairs.Skip });

        await evaluator.Invoking(e => e.EvaluateAsync([])).Should().ThrowAsync<ToolRMException>().WithMessage("*the data is empty*");
        await evaluator.Invoking(e => e.EvaluateAsync([Pair(9, 1)])).Should().ThrowAsync<ToolRMException>()
            .WithMessage("*all 1 are too long*");
    }

    [Fact]
    public async Task Reward_that_is_no_number_is_an_error()
    {
        Func<Task> evaluate = () => new PairwiseEvaluator(new RuleModel(_ => double.NaN)).EvaluateAsync([Pair(1, 0, id: "odd")]);

        await evaluate.Should().ThrowAsync<ToolRMException>().WithMessage("*'odd'*NaN*");
    }

    [Fact]
    public async Task Cancelling_stops_between_batches()
    {
        using var stop = new CancellationTokenSource();
        var model = new RuleModel(ByText);
        var evaluator = new PairwiseEvaluator(model, new PairwiseEvaluationOptions { BatchSize = 1 });

        Func<Task> evaluate = () => evaluator.EvaluateAsync([Pair(1, 0), Pair(1, 0), Pair(1, 0)], new Stopper(stop), stop.Token);

        await evaluate.Should().ThrowAsync<OperationCanceledException>();
        model.Requests.Should().Be(1);
    }

    private static double RejectNines(Candidate candidate) =>
        candidate.Text == "9" ? throw new OverLengthException(request: 0, candidate: 1, tokens: 500, maxLength: 100) : ByText(candidate);

    private sealed class Teller(List<EvaluationProgress> told) : IProgress<EvaluationProgress>
    {
        public void Report(EvaluationProgress value) => told.Add(value);
    }

    private sealed class Stopper(CancellationTokenSource stop) : IProgress<EvaluationProgress>
    {
        public void Report(EvaluationProgress value) => stop.Cancel();
    }
}
