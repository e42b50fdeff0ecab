using ToolRM.Checkpoints;
using ToolRM.Data;
using ToolRM.Engines;
using ToolRM.Models;
using ToolRM.Tests.Checkpoints;
using ToolRM.Tests.Engines;
using ToolRM.Tests.Scoring;
using ToolRM.Training;

namespace ToolRM.Tests.Training;

public sealed class LoraTrainingTests : IDisposable
{
    private static readonly LoraOptions _lora = new() { Rank = 2, Alpha = 4, TargetModules = ["q_proj", "o_proj", "up_proj"] };

    private static readonly PairwiseTrainingOptions _options = new()
    {
        Lora = _lora, Epochs = 2, PairsPerStep = 8, LearningRate = 0.02, EvaluationEvery = 3, LogEvery = 1, CheckpointEvery = 2, Seed = 4,
    };

    private readonly TinyRewardModel _model = new();
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_run_leaves_the_merged_model_and_the_adapters_that_make_it_of_the_base_model()
    {
        TrainingResult result = Train("run", _options with { Epochs = 6 });

        result.FinalHeldOut!.Accuracy.Should().BeGreaterThan(0.9);
        result.AdapterFolder.Should().Be(_folder.File("run/adapter"));
        foreach (string folder in (string[])[result.OutputFolder, result.BestFolder!])
        {
            string adapter = Path.Combine(folder, "adapter"), merged = folder + "-merged";
            Directory.GetFiles(adapter).Select(Path.GetFileName).Should().BeEquivalentTo("adapter_config.json", "adapter_model.safetensors");
            LoraAdapter.Merge(_model.Folder, adapter, merged);
            ShouldBeNear(Weights(merged), Weights(folder));
            Weights(folder).Should().NotEqual(Weights(_model.Folder));
            File.ReadAllText(Path.Combine(merged, "config.json")).Should().Be(File.ReadAllText(Path.Combine(folder, "config.json")));
        }

        File.ReadAllText(_folder.File("run/adapter/adapter_config.json")).Should()
            .Contain($"\"base_model_name_or_path\": {System.Text.Json.JsonSerializer.Serialize(_model.Folder)}");
    }

    [Fact]
    public void The_state_holds_the_adapters_alone_and_the_run_goes_on_as_if_never_stopped()
    {
        Train("straight");
        using (var source = new CancellationTokenSource())
        {
            Action stopped = () => Train("stopped", progress: new Watcher(metrics => Cancel(metrics, source)), cancellationToken: source.Token);
            stopped.Should().Throw<OperationCanceledException>();
        }

        long own = LoraLayout.For(_model.Config, _lora).Sum(parameter => parameter.Count);
        new FileInfo(_folder.File("stopped/checkpoint/state.bin")).Length.Should().BeInRange(own * 12, (own * 12) + 8000);
        Train("stopped");

        foreach (string file in (string[])["model.safetensors", "adapter/adapter_model.safetensors", "best/adapter/adapter_model.safetensors"])
        {
            File.ReadAllBytes(_folder.File($"stopped/{file}")).Should().Equal(File.ReadAllBytes(_folder.File($"straight/{file}")), file);
        }

        static void Cancel(TrainingMetrics metrics, CancellationTokenSource source)
        {
            if (metrics.Step == 5)
            {
                source.Cancel();
            }
        }
    }

    [Fact]
    public void A_run_of_other_adapters_or_of_another_base_model_is_not_continued()
    {
        Train("run", _options with { MaxSteps = 2 });

        Continuing(_lora with { Rank = 3 }).Should().Throw<TrainingStateException>().WithMessage("*Lora was rank 2, alpha 4, modules*and is now rank 3*");
        Continuing(_lora with { Alpha = 5 }).Should().Throw<TrainingStateException>().WithMessage("*Lora was*alpha 4*now*alpha 5*");
        Continuing(_lora with { TargetModules = ["q_proj"] }).Should().Throw<TrainingStateException>().WithMessage("*Lora was*");
        Continuing(null).Should().Throw<TrainingStateException>().WithMessage("*Lora was rank 2*is now absent*");
        Continuing(_lora with { TargetModules = ["up_proj", "q_proj", "o_proj"] }).Should().NotThrow("their order says nothing");

        // The head and the adapters' first values are the same, so that only the base model's own matrices can tell.
        var head = ParameterLayout.For(_model.Config)[^1];
        var values = new float[head.Count];
        new TinyModels.RandomSource(3).Read(head, values);
        Action other = () => Train("run", _options with { MaxSteps = 2 }, source: new OtherBody(values));
        other.Should().Throw<TrainingStateException>().WithMessage("*model was*initial values*");

        Action Continuing(LoraOptions? lora) => () => Train("run", _options with { MaxSteps = 2, Lora = lora });
    }

    [Fact]
    public void Starting_over_without_adapters_leaves_none_of_the_run_before()
    {
        Train("run", _options with { MaxSteps = 3 });

        TrainingResult result = Train("run", _options with { MaxSteps = 1, Lora = null, Resume = false, KeepBest = false });

        result.AdapterFolder.Should().BeNull();
        Directory.Exists(_folder.File("run/adapter")).Should().BeFalse();
        Directory.Exists(_folder.File("run/best/adapter")).Should().BeFalse();
    }

    [Theory]
    [InlineData("cpu")]
    [InlineData("auto")]
    public async Task Without_libtorch_adapters_are_refused_before_a_pair_is_read(string device)
    {
        if (EngineProvider.TorchSharp is not null && device == "auto")
        {
            return;
        }

        PairwiseTrainer trainer = PairwiseTrainer.FromFolder(_model.Folder, device: device);
        Func<Task> train = () => trainer.TrainAsync(Unreadable(), null, _folder.File("run"), new() { Lora = new() });
        DeviceException error = (await train.Should().ThrowAsync<DeviceException>()).Which;
        error.Message.Should().Contain("Adapters (LoRA)").And.Contain("libtorch, cuda and mps").And.Contain("without adapters");
        if (EngineProvider.TorchSharp is null)
        {
            error.Message.Should().Contain("dotnet add package ToolRM.TorchSharp").And.Contain("-p:TorchSharp=true");
        }

        Directory.Exists(_folder.File("run")).Should().BeFalse();

        static IAsyncEnumerable<PreferencePair> Unreadable() => AsyncEnumerable.Range(0, 1)
            .Select<int, PreferencePair>(_ => throw new InvalidOperationException("A pair was read."));
    }

    [Fact]
    public async Task A_new_model_has_nothing_to_adapt()
    {
        var tokenizer = ToolRM.Tokenization.BpeTokenizer.Load(Path.Combine(_model.Folder, "tokenizer.json"));
        PairwiseTrainer trainer = PairwiseTrainer.FromScratch(_model.Config, tokenizer);
        Func<Task> train = () => trainer.TrainAsync([], null, _folder.File("run"), new() { Lora = new() });
        await train.Should().ThrowAsync<ToolRMException>().WithMessage("*model that is there already*");
    }

    [Fact]
    public void Paper_preset_is_the_recipe_and_valid()
    {
        PairwiseTrainingOptions paper = PairwiseTrainingOptions.Paper;
        paper.Validate();
        (paper.Epochs, paper.LearningRate, paper.WarmupFraction, paper.FinalLearningRateFraction).Should().Be((1, 1e-6, 0.03, 0));
        (paper.CenteringCoefficient, paper.LabelSmoothing, paper.Lora).Should().Be((0.01, 0, null));
        (paper.PairsPerStep, paper.MaxLength, paper.RecomputeActivations, paper.WeightDecay, paper.Beta2).Should().Be((64, 8192, true, 0, 0.999));
    }

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    private TrainingResult Train(
        string name,
        PairwiseTrainingOptions? options = null,
        IParameterSource? source = null,
        IProgress<TrainingMetrics>? progress = null,
        CancellationToken cancellationToken = default)
    {
        InitialModel model = InitialModel.Open(_model.Folder, null, new EngineRequest { Device = "cpu" }) with
        {
            CreateEngine = given => given.Lora is { } lora
                ? new AdaptedEngine(_model.Config, source ?? new TinyModels.RandomSource(3), lora, given.Seed)
                : TinyModels.Trainer(_model.Config),
        };
        return new PairwiseTrainer(model, logger: null).Train(
            TestPairs.Random(40), TestPairs.Random(12, seed: 8), _folder.File(name), options ?? _options, progress, cancellationToken);
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

    private static void ShouldBeNear(float[] found, float[] expected)
    {
        found.Should().HaveSameCount(expected);
        found.Zip(expected, (left, right) => Math.Abs(left - right)).Max().Should().BeLessThan(1e-5f);
    }

    /// <summary>The head that is given, on another body.</summary>
    private sealed class OtherBody(float[] head) : IParameterSource
    {
        public void Read(ParameterInfo parameter, Span<float> destination)
        {
            new TinyModels.RandomSource(99).Read(parameter, destination);
            if (parameter.Kind == ParameterKind.Head)
            {
                head.CopyTo(destination);
            }
        }
    }

    private sealed class Watcher(Action<TrainingMetrics> report) : IProgress<TrainingMetrics>
    {
        public void Report(TrainingMetrics value) => report(value);
    }
}
