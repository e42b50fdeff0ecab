using ToolRM.Checkpoints;
using ToolRM.Data;
using ToolRM.Tests.Checkpoints;
using ToolRM.Training;

namespace ToolRM.Tests.Training;

public sealed class FineTuningTests
{
    [Fact]
    public async Task A_language_model_becomes_a_reward_model_of_its_200_pairs()
    {
        using var folder = new TemporaryFolder();
        PreferencePair[] pairs = FineTuning.Pairs(200);
        FineTuning.WriteLanguageModel(folder.File("language"), pairs);
        Action open = () => Checkpoint.OpenFolder(folder.File("language")).Dispose();
        open.Should().Throw<CheckpointException>("it has no reward head");

        TrainingResult result = await PairwiseTrainer.FromFolder(folder.File("language"), template: "compact", threads: 2, device: "cpu").TrainAsync(
            pairs, pairs, folder.File("reward"), FineTuning.Options);

        result.TrainingPairs.Should().Be(new PairCounts(200, 0, 0));
        result.FinalHeldOut!.Accuracy.Should().BeGreaterThanOrEqualTo(0.95);
        (await FineTuning.AccuracyAsync(result.OutputFolder, pairs, "cpu")).Should().Be(result.FinalHeldOut.Accuracy);
    }
}
