using ToolRM.Checkpoints;
using ToolRM.Data;
using ToolRM.Models;
using ToolRM.Tests.Checkpoints;
using ToolRM.Tests.Training;
using ToolRM.Training;

namespace ToolRM.TorchSharp.Tests;

/// <summary>Whole runs of the trainer on libtorch's processor device.</summary>
[Trait("Category", "TorchSharp")]
public sealed class TorchRunTests : IDisposable
{
    private const string Own = "cpu", LibTorchDevice = "libtorch";

    private static readonly PreferencePair[] _pairs = FineTuning.Pairs(200);

    private static readonly PairwiseTrainingOptions _fifty = new()
    {
        MaxSteps = 50, Epochs = 10, LearningRate = 1e-3, PairsPerStep = 8, EvaluationEvery = 10, LogEvery = 1, CheckpointEvery = 7,
        TokensPerMicroBatch = 500, Seed = 5,
    };

    private readonly TemporaryFolder _folder = new();

    public TorchRunTests() => FineTuning.WriteLanguageModel(_folder.File("language"), _pairs);

    [Fact]
    public async Task A_language_model_becomes_a_reward_model_of_its_200_pairs()
    {
        TrainingResult result = await TrainAsync("reward", LibTorchDevice, FineTuning.Options);

        result.TrainingPairs.Should().Be(new PairCounts(200, 0, 0));
        result.FinalHeldOut!.Accuracy.Should().BeGreaterThanOrEqualTo(0.95);
        (await FineTuning.AccuracyAsync(result.OutputFolder, _pairs, LibTorchDevice)).Should().Be(result.FinalHeldOut.Accuracy);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_of_fifty_steps_tracks_that_of_the_managed_engine(bool recomputes)
    {
        List<TrainingMetrics> expected = [], found = [];
        await TrainAsync("managed", Own, _fifty, expected.Add);
        await TrainAsync("libtorch", LibTorchDevice, _fifty with { RecomputeActivations = recomputes }, found.Add);

        found.Should().HaveCount(50).And.HaveSameCount(expected);
        foreach ((TrainingMetrics one, TrainingMetrics other) in found.Zip(expected))
        {
            one.Loss.Should().BeApproximately(other.Loss, 1e-3, "of step {0}", one.Step);
            (one.HeldOut?.Loss ?? 0).Should().BeApproximately(other.HeldOut?.Loss ?? 0, 1e-3, "held out, of step {0}", one.Step);
        }

        double[] rewards = await HeldOutAsync("libtorch", LibTorchDevice), managed = await HeldOutAsync("managed", Own);
        rewards.Max().Should().BeGreaterThan(rewards.Min() + 0.1);
        rewards.Zip(managed, (one, other) => Math.Abs(one - other)).Max().Should().BeLessThan(1e-3);
    }

    [Theory]
    [InlineData(LibTorchDevice, 1e-5)]
    [InlineData(Own, 1e-3)]
    public async Task A_cancelled_run_of_either_engine_is_continued(string firstDevice, double tolerance)
    {
        PairwiseTrainingOptions options = _fifty with { MaxSteps = 20 };
        await TrainAsync("straight", LibTorchDevice, options);
        using var source = new CancellationTokenSource();
        var steps = new List<int>();
        Func<Task> cancelled = () => TrainAsync("stopped", firstDevice, options, StopAtNine, source.Token);
        await cancelled.Should().ThrowAsync<OperationCanceledException>();
        TrainingResult result = await TrainAsync("stopped", LibTorchDevice, options, metrics => steps.Add(metrics.Step));

        result.Steps.Should().Be(20);
        steps.Should().Equal(Enumerable.Range(10, 11));
        float[] straight = Weights("straight"), stopped = Weights("stopped");
        straight.Zip(stopped, (one, other) => Math.Abs(one - other)).Max().Should().BeLessThan((float)tolerance);

        void StopAtNine(TrainingMetrics metrics)
        {
            if (metrics.Step == 9)
            {
                source.Cancel();
            }
        }
    }

    [Fact]
    public async Task Calls_from_many_threads_get_the_scores_of_one()
    {
        await TrainAsync("model", LibTorchDevice, _fifty with { MaxSteps = 2 });
        using RewardModel model = await RewardModel.LoadAsync(_folder.File("model"), new RewardModelOptions { Device = LibTorchDevice, Threads = 1, TokenBudget = 600 });
        double[][] alone = await Task.WhenAll(_pairs[..1].Select(ScoreAsync));
        double[][] scores = await Task.WhenAll(_pairs.Select(pair => Task.Run(() => ScoreAsync(pair))));
        scores[0].Zip(alone[0], (one, other) => Math.Abs(one - other)).Max().Should().BeLessThan(1e-4);
        double[][] expected = await FineTuning.RewardsAsync(_folder.File("model"), _pairs, Own);
        scores.Zip(expected).Max(pair => Math.Abs(pair.First[0] - pair.Second[0]) + Math.Abs(pair.First[1] - pair.Second[1])).Should().BeLessThan(2e-4);

        async Task<double[]> ScoreAsync(PreferencePair pair) =>
            [.. (await model.ScoreAsync([new RewardRequest(pair.Prompt, [pair.Chosen, pair.Rejected])]))[0].Select(score => score.Reward)];
    }

    public void Dispose() => _folder.Dispose();

    private Task<TrainingResult> TrainAsync(
        string name, string device, PairwiseTrainingOptions options, Action<TrainingMetrics>? report = null, CancellationToken cancellationToken = default) =>
        PairwiseTrainer.FromFolder(_folder.File("language"), template: "compact", threads: 1, device: device)
            .TrainAsync(_pairs, options == FineTuning.Options ? _pairs : _pairs[..40], _folder.File(name), options, new Watcher(report), cancellationToken);

    private async Task<double[]> HeldOutAsync(string name, string device) =>
        [.. (await FineTuning.RewardsAsync(_folder.File(name), _pairs[..40], device)).SelectMany(pair => pair)];

    private float[] Weights(string name)
    {
        using Checkpoint checkpoint = Checkpoint.OpenFolder(_folder.File(name));
        var all = new List<float>();
        foreach (ParameterInfo parameter in ParameterLayout.For(checkpoint.Config))
        {
            var values = new float[parameter.Count];
            checkpoint.Read(parameter, values);
            all.AddRange(values);
        }

        return [.. all];
    }

    private sealed class Watcher(Action<TrainingMetrics>? report) : IProgress<TrainingMetrics>
    {
        public void Report(TrainingMetrics value) => report?.Invoke(value);
    }
}
