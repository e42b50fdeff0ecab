using ToolRM.Data;
using ToolRM.Recipes;
using ToolRM.Tests.Checkpoints;

namespace ToolRM.Tests.Recipes;

public sealed class MixtureWeightsTests
{
    private static PreferencePair Of(string? error) => RecipePairs.All[0] with { ErrorType = error };

    [Fact]
    public void Each_weight_is_measured_over_all_pairs_and_over_error_types()
    {
        PreferencePair[] pairs = [Of("value"), Of("value"), Of("value"), Of("name"), Of(null)];
        double[] known = [1, 1, -1, -1, 0.5], added = [1, -3, 3, 0.9, -1];

        MixtureWeights.Measure([0, 0.5, 2, -1], pairs, known, added).Should().Equal(
            new MixtureWeight(0, 3 / 5.0, ((2 / 3.0) + 0 + 1) / 3),
            new MixtureWeight(0.5, 2 / 5.0, ((2 / 3.0) + 0 + 0) / 3),
            new MixtureWeight(2, 3 / 5.0, ((2 / 3.0) + 1 + 0) / 3),
            new MixtureWeight(-1, 2 / 5.0, ((1 / 3.0) + 0 + 1) / 3));
    }

    [Fact]
    public void Equal_rewards_are_not_right()
    {
        MixtureWeights.Measure([1], [Of("a"), Of("a")], [0, 1], [0, -1]).Should().Equal(new MixtureWeight(1, 0, 0));
    }

    [Fact]
    public void Without_weights_nothing_is_measured() => MixtureWeights.Measure([], [Of("a")], [1], [1]).Should().BeEmpty();

    [Fact]
    public void File_has_a_line_for_each_weight()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("weights.jsonl", "old");

        MixtureWeights.Write(path, [new MixtureWeight(0, 0.5, 0.25), new MixtureWeight(1.5, 0.8, 1)]);

        File.ReadAllText(path).Should().Be(
            "{\"weight\":0,\"accuracy\":0.5,\"macro_accuracy\":0.25}\n{\"weight\":1.5,\"accuracy\":0.8,\"macro_accuracy\":1}\n");
        Directory.GetFiles(folder.Path).Should().ContainSingle("no temporary file is left");
    }

    [Theory]
    [InlineData(10_000, 0.5)]
    [InlineData(1_000, 0.25)]
    [InlineData(10, 0)]
    public void The_smallest_weight_within_a_standard_error_of_the_best_is_chosen(int pairs, double chosen)
    {
        MixtureWeight[] weights = [new(0, 0.93, 1), new(0.25, 0.945, 0.1), new(0.5, 0.9495, 0.1), new(1, 0.95, 0.1), new(2, 0.9, 0.1)];

        MixtureWeights.Choose(weights, pairs).Weight.Should().Be(chosen);
    }
}
