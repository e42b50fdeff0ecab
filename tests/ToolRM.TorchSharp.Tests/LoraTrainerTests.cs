using ToolRM.Checkpoints;
using ToolRM.Data;
using ToolRM.Models;
using ToolRM.Tests.Checkpoints;
using ToolRM.Tests.Engines;
using ToolRM.Tests.Scoring;
using ToolRM.Training;

namespace ToolRM.TorchSharp.Tests;

/// <summary>Runs with adapters as users start them.</summary>
[Trait("Category", "TorchSharp")]
public sealed class LoraTrainerTests : IDisposable
{
    private static readonly PairwiseTrainingOptions _options = new()
    {
        Lora = new LoraOptions { Rank = 4, Alpha = 8 }, Epochs = 4, PairsPerStep = 8, LearningRate = 0.01, EvaluationEvery = 4, LogEvery = 1,
        CheckpointEvery = 3, Seed = 2,
    };

    private readonly TinyRewardModel _model = new();
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("libtorch", false)]
    [InlineData("libtorch", true)]
    [InlineData("auto", false)]
    public async Task A_run_leaves_a_merged_model_that_scores_as_the_trainer_did_and_the_adapters_that_make_it(string device, bool recomputes)
    {
        TrainingResult result = await TrainAsync("run", _options with { RecomputeActivations = recomputes }, device: device);

        result.FinalHeldOut!.Accuracy.Should().BeGreaterThan(0.8);
        result.AdapterFolder.Should().Be(_folder.File("run/adapter"));
        (await MeanMarginAsync(result.OutputFolder)).Should().BeApproximately(result.FinalHeldOut.MeanMargin, 1e-3);
        (await MeanMarginAsync(result.BestFolder!)).Should().BeApproximately(result.BestHeldOut!.MeanMargin, 1e-3);
        foreach (string folder in (string[])[result.OutputFolder, result.BestFolder!])
        {
            LoraAdapter.Merge(_model.Folder, Path.Combine(folder, "adapter"), folder + "-merged");
            float[] merged = Weights(folder + "-merged"), trained = Weights(folder);
            merged.Zip(trained, (left, right) => Math.Abs(left - right)).Max().Should().BeLessThan(1e-5f);
            merged.Should().NotEqual(Weights(_model.Folder));
            File.ReadAllText(Path.Combine(folder + "-merged", "config.json")).Should().Be(File.ReadAllText(Path.Combine(folder, "config.json")));
        }
    }

    [Fact]
    public async Task A_stopped_run_goes_on_as_if_it_had_not_been()
    {
        await TrainAsync("straight", _options);
        using (var source = new CancellationTokenSource())
        {
            var progress = new Watcher(metrics =>
            {
                if (metrics.Step == 7)
                {
                    source.Cancel();
                }
            });
            Func<Task> stopped = () => TrainAsync("stopped", _options, progress, cancellationToken: source.Token);
            await stopped.Should().ThrowAsync<OperationCanceledException>();
        }

        long own = LoraLayout.For(_model.Config, _options.Lora!).Sum(parameter => parameter.Count);
        new FileInfo(_folder.File("stopped/checkpoint/state.bin")).Length.Should().BeInRange(own * 12, (own * 12) + 16_000);
        Func<Task> other = () => TrainAsync("stopped", _options with { Lora = new LoraOptions { Rank = 3 } });
        await other.Should().ThrowAsync<TrainingStateException>().WithMessage("*Lora was rank 4*");
        await TrainAsync("stopped", _options);

        File.ReadAllLines(_folder.File("stopped/metrics.jsonl")).Should().HaveSameCount(File.ReadAllLines(_folder.File("straight/metrics.jsonl")));
        foreach (string folder in (string[])["", "best"])
        {
            Weights(_folder.File(Path.Combine("stopped", folder))).Zip(Weights(_folder.File(Path.Combine("straight", folder))), (left, right) => Math.Abs(left - right))
                .Max().Should().BeLessThan(1e-5f);
        }
    }

    [Fact]
    public async Task A_language_model_gets_its_head_with_the_adapters()
    {
        TensorToWrite[] body =
        [
            .. ParameterLayout.For(_model.Config).Where(parameter => parameter.Kind != ParameterKind.Head)
                .Select(parameter => TensorToWrite.From(parameter, new TinyModels.RandomSource(3))),
        ];
        SafetensorsWriter.Write(Path.Combine(_model.Folder, "model.safetensors"), body);
        string config = Path.Combine(_model.Folder, "config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace("Qwen3ForSequenceClassification", "Qwen3ForCausalLM"));

        TrainingResult result = await TrainAsync("run", _options);

        result.FinalHeldOut!.Accuracy.Should().BeGreaterThan(0.8);
        LoraAdapter.Merge(_model.Folder, result.AdapterFolder!, _folder.File("merged"));
        Weights(_folder.File("merged")).Zip(Weights(result.OutputFolder), (left, right) => Math.Abs(left - right)).Max().Should().BeLessThan(1e-5f);
    }

    [Fact]
    public async Task The_processors_own_engine_refuses_adapters()
    {
        Func<Task> train = () => TrainAsync("run", _options, device: "cpu");
        await train.Should().ThrowAsync<DeviceException>().WithMessage("Adapters (LoRA)*Use one of those devices, or auto.*");
    }

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    private Task<TrainingResult> TrainAsync(
        string name,
        PairwiseTrainingOptions options,
        IProgress<TrainingMetrics>? progress = null,
        string device = "libtorch",
        CancellationToken cancellationToken = default) =>
        PairwiseTrainer.FromFolder(_model.Folder, threads: 1, device: device)
            .TrainAsync(Pairs(32), Pairs(12), _folder.File(name), options, progress, cancellationToken);

    /// <summary>The wrong answer asks for another city.</summary>
    private static PreferencePair[] Pairs(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => new PreferencePair(
            $"{i}", TinyRewardModel.Prompt($"weather in {City(i)} tomorrow, please, {i}"), Call(City(i)), Call(City(i + 1)))),
    ];

    private static string City(int index) => ((string[])["Paris", "Rome", "Oslo"])[index % 3];

    private static Candidate Call(string city) => Candidate.FromCalls(ToolCall.Parse("get_weather", $$"""{"city":"{{city}}"}"""));

    private static async Task<double> MeanMarginAsync(string folder)
    {
        using RewardModel model = await RewardModel.LoadAsync(folder, new RewardModelOptions { Device = "cpu" });
        IReadOnlyList<IReadOnlyList<RewardScore>> scores =
            await model.ScoreAsync([.. Pairs(12).Select(pair => new RewardRequest(pair.Prompt, [pair.Chosen, pair.Rejected]))]);
        return scores.Average(pair => pair[0].Reward - pair[1].Reward);
    }

    private static float[] Weights(string folder)
    {
        using Checkpoint checkpoint = Checkpoint.OpenFolder(folder);
        return [.. ParameterLayout.For(checkpoint.Config).SelectMany(parameter =>
        {
            var values = new float[parameter.Count];
            checkpoint.Read(parameter, values);
            return values;
        })];
    }

    private sealed class Watcher(Action<TrainingMetrics> report) : IProgress<TrainingMetrics>
    {
        public void Report(TrainingMetrics value) => report(value);
    }
}
