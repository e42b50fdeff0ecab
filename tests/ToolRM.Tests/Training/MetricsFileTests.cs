using System.Text.Json;
using ToolRM.Tests.Checkpoints;
using ToolRM.Training;

namespace ToolRM.Tests.Training;

public sealed class MetricsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string MetricsPath => _folder.File("metrics.jsonl");

    [Fact]
    public void Append_writes_one_line_of_JSON_a_report()
    {
        var file = new MetricsFile(MetricsPath);
        file.Append(Metrics(1));
        file.Append(Metrics(2) with { HeldOut = new PairTotalsOf(0.5, 0.25).Metrics });

        string[] lines = File.ReadAllLines(MetricsPath);

        lines.Should().HaveCount(2);
        using JsonDocument second = JsonDocument.Parse(lines[1]);
        second.RootElement.EnumerateObject().Select(property => property.Name).Should().BeEquivalentTo(
            "step", "total_steps", "epoch", "gradient_norm", "learning_rate", "tokens_per_second", "pairs_per_second", "total_tokens", "total_pairs",
            "held_out", "pairs", "loss", "accuracy", "accuracy_ties_half", "ties", "mean_margin", "mean_reward", "min_reward", "max_reward");
        second.RootElement.GetProperty("step").GetInt32().Should().Be(2);
        second.RootElement.GetProperty("held_out").GetProperty("mean_margin").GetDouble().Should().Be(0.25);
    }

    [Theory]
    [InlineData("", 3)]
    [InlineData("{\"step\":4,\"lo", 3)]
    [InlineData("{\"step\":1}", 3)]
    [InlineData("not json\n", 3)]
    [InlineData("{\"loss\":1}\n", 3)]
    public void Rewind_keeps_whole_lines_up_to_the_step(string end, int kept)
    {
        var file = new MetricsFile(MetricsPath);
        foreach (int step in (int[])[1, 2, 3])
        {
            file.Append(Metrics(step));
        }

        string good = File.ReadAllText(MetricsPath);
        File.AppendAllText(MetricsPath, end);

        file.Rewind(10);
        File.ReadAllText(MetricsPath).Should().Be(good);
        File.ReadAllLines(MetricsPath).Should().HaveCount(kept);

        file.Rewind(2);
        File.ReadAllLines(MetricsPath).Should().HaveCount(2);

        file.Rewind(0);
        File.ReadAllText(MetricsPath).Should().BeEmpty();
    }

    [Fact]
    public void Rewind_without_a_file_does_nothing()
    {
        new MetricsFile(MetricsPath).Rewind(0);

        File.Exists(MetricsPath).Should().BeFalse();
    }

    public void Dispose() => _folder.Dispose();

    private static TrainingMetrics Metrics(int step) => new(new PairTotalsOf(1, 0).Metrics)
    {
        Step = step, TotalSteps = 9, Epoch = 0.5, GradientNorm = 1, LearningRate = 0.1, TokensPerSecond = 2, PairsPerSecond = 3, TotalTokens = 4,
        TotalPairs = 5,
    };

    private sealed record PairTotalsOf(double Chosen, double Rejected)
    {
        public PairwiseMetrics Metrics
        {
            get
            {
                var totals = new PairTotals();
                totals.Add(Chosen, Rejected, 0.5);
                return totals.ToMetrics();
            }
        }
    }
}
