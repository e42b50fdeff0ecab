using System.Text.Json;
using ToolRM.Data;
using ToolRM.Models;
using ToolRM.Prompts;
using ToolRM.Tests.Checkpoints;
using ToolRM.Tokenization;
using ToolRM.Training;

namespace ToolRM.Tests.Training;

public sealed class PairwiseTrainerTests : IDisposable
{
    private static readonly PreferencePair[] _pairs = [.. Enumerable.Range(0, 64).Select(Pair)];

    private static readonly BpeTokenizer _tokenizer = BpeTrainer.Train(
        _pairs.Select(pair => pair.Prompt.Messages[0].Content!),
        new BpeTrainerOptions { VocabularySize = 340, SpecialTokens = [.. CompactTemplate.ControlTokens] });

    private static readonly DecoderConfig _config = new()
    {
        ModelType = "qwen3", VocabularySize = 340, HiddenSize = 32, IntermediateSize = 48, Layers = 2, Heads = 4, KeyValueHeads = 2, HeadSize = 8,
        HasQueryKeyNorm = true, MaxLength = 256, Template = "compact",
    };

    private static readonly PairwiseTrainingOptions _short = new()
    {
        Epochs = 2, PairsPerStep = 8, LearningRate = 3e-3, EvaluationEvery = 4, LogEvery = 1, CheckpointEvery = 3, TokensPerMicroBatch = 400, Seed = 5,
    };

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_tiny_model_overfits_64_pairs_and_its_folder_scores_as_the_trainer_did()
    {
        PairwiseTrainingOptions options = new() { Epochs = 40, LearningRate = 3e-3, PairsPerStep = 16, EvaluationEvery = 20, WeightDecay = 0 };

        TrainingResult result = await PairwiseTrainer.FromScratch(_config, _tokenizer).TrainAsync(_pairs, _pairs, _folder.File("run"), options);

        result.FinalHeldOut!.Accuracy.Should().Be(1);
        result.Steps.Should().Be(160);
        result.TrainingPairs.Should().Be(new PairCounts(64, 0, 0));
        double margin = await MeanMarginAsync(result.OutputFolder);
        margin.Should().BeApproximately(result.FinalHeldOut.MeanMargin, 1e-5);
        margin = await MeanMarginAsync(result.BestFolder!);
        margin.Should().BeApproximately(result.BestHeldOut!.MeanMargin, 1e-5);
    }

    [Fact]
    public async Task Seed_options_and_data_decide_every_bit_and_threads_none()
    {
        await TrainAsync("one", threads: 1);
        await TrainAsync("two", threads: 2);
        await TrainAsync("other seed", threads: 2, _short with { Seed = 6 });

        Weights("two").Should().Equal(Weights("one"));
        Weights("two/best").Should().Equal(Weights("one/best"));
        Weights("other seed").Should().NotEqual(Weights("one"));
    }

    [Fact]
    public async Task Recomputing_activations_changes_no_bit_and_may_change_within_a_run()
    {
        await TrainAsync("kept");
        await TrainAsync("recomputed", options: _short with { RecomputeActivations = true });
        using var source = new CancellationTokenSource();
        var progress = new Watcher(metrics =>
        {
            if (metrics.Step == 5)
            {
                source.Cancel();
            }
        });
        Func<Task> cancelled = () => TrainAsync("both", progress: progress, cancellationToken: source.Token);
        await cancelled.Should().ThrowAsync<OperationCanceledException>();
        await TrainAsync("both", options: _short with { RecomputeActivations = true });

        Weights("recomputed").Should().Equal(Weights("kept"));
        Weights("both").Should().Equal(Weights("kept"));
    }

    [Fact]
    public async Task A_cancelled_run_continues_bitwise_as_if_never_stopped()
    {
        await TrainAsync("straight");
        for (int stop = 2; stop < 16; stop += 6)
        {
            using var source = new CancellationTokenSource();
            var progress = new Watcher(metrics =>
            {
                if (metrics.Step == stop)
                {
                    source.Cancel();
                }
            });
            Func<Task> cancelled = () => TrainAsync("stopped", progress: progress, cancellationToken: source.Token);
            await cancelled.Should().ThrowAsync<OperationCanceledException>();
        }

        TrainingResult result = await TrainAsync("stopped");

        result.Steps.Should().Be(16);
        Weights("stopped").Should().Equal(Weights("straight"));
        Weights("stopped/best").Should().Equal(Weights("straight/best"));
        File.ReadAllLines(_folder.File("stopped/metrics.jsonl")).Should().HaveCount(16);
    }

    [Fact]
    public async Task A_trained_folder_can_be_trained_further()
    {
        await TrainAsync("first", options: _short with { Epochs = 20 });
        var reports = new List<TrainingMetrics>();

        await PairwiseTrainer.FromFolder(_folder.File("first")).TrainAsync(
            _pairs, null, _folder.File("second"), _short with { MaxSteps = 2 }, new Watcher(reports.Add));

        reports[0].Accuracy.Should().Be(1);
        Weights("second").Should().NotEqual(Weights("first"));
        File.ReadAllBytes(_folder.File("second/tokenizer.json")).Should().Equal(File.ReadAllBytes(_folder.File("first/tokenizer.json")));
    }

    [Fact]
    public async Task The_folder_of_the_first_model_is_not_overwritten()
    {
        await TrainAsync("first", options: _short with { MaxSteps = 1 });
        PairwiseTrainer trainer = PairwiseTrainer.FromFolder(_folder.File("first"));

        Func<Task> train = () => trainer.TrainAsync(_pairs, null, _folder.File("first") + "/");

        await train.Should().ThrowAsync<ToolRMException>().WithMessage("*must not overwrite*");
    }

    [Fact]
    public async Task Long_and_identical_pairs_are_left_out_and_counted()
    {
        PreferencePair twice = _pairs[0] with { Rejected = _pairs[0].Chosen };
        PreferencePair lengthy = _pairs[0] with { Chosen = Candidate.FromText(string.Concat(Enumerable.Repeat("much too long ", 200))) };

        TrainingResult result = await PairwiseTrainer.FromScratch(_config, _tokenizer).TrainAsync(
            [.. _pairs, twice, lengthy, lengthy], [lengthy, _pairs[1]], _folder.File("run"), _short with { MaxSteps = 1 });

        result.TrainingPairs.Should().Be(new PairCounts(67, 2, 1));
        result.HeldOutPairs.Should().Be(new PairCounts(2, 1, 0));
        result.FinalHeldOut!.Pairs.Should().Be(1);
    }

    [Fact]
    public void A_model_that_cannot_be_trained_is_an_error_at_once()
    {
        Creating(_config with { Template = null }).Should().Throw<ToolRMException>().WithMessage("*template*compact*");
        Creating(_config with { Template = "none" }).Should().Throw<ToolRMException>().WithMessage("*'none'*");
        Creating(_config with { Template = "qwen3" }).Should().Throw<ToolRMException>().WithMessage("*<|im_start|>*");
        Creating(_config with { VocabularySize = 300 }).Should().Throw<ToolRMException>().WithMessage("*300*tokenizer has*");
        Creating(_config with { KeyValueHeads = 3 }).Should().Throw<ToolRMException>().WithMessage("*num_key_value_heads*");

        static Action Creating(DecoderConfig config) => () => PairwiseTrainer.FromScratch(config, _tokenizer);
    }

    public void Dispose() => _folder.Dispose();

    private Task<TrainingResult> TrainAsync(
        string name,
        int threads = 2,
        PairwiseTrainingOptions? options = null,
        IProgress<TrainingMetrics>? progress = null,
        CancellationToken cancellationToken = default) =>
        PairwiseTrainer.FromScratch(_config, _tokenizer, threads).TrainAsync(
            _pairs, _pairs[..20], _folder.File(name), options ?? _short, progress, cancellationToken);

    private byte[] Weights(string name) => File.ReadAllBytes(Path.Combine(_folder.File(name), "model.safetensors"));

    private static async Task<double> MeanMarginAsync(string folder)
    {
        using RewardModel model = await RewardModel.LoadAsync(folder);
        IReadOnlyList<IReadOnlyList<RewardScore>> scores =
            await model.ScoreAsync([.. _pairs.Select(pair => new RewardRequest(pair.Prompt, [pair.Chosen, pair.Rejected]))]);
        return scores.Average(pair => pair[0].Reward - pair[1].Reward);
    }

    /// <summary>Asks for the weather of a city; the wrong answer is for another city.</summary>
    private static PreferencePair Pair(int index)
    {
        string[] cities = ["Oslo", "Lima", "Cairo", "Delhi", "Quito", "Rome", "Perth", "Accra"];
        string right = cities[index % 8], wrong = cities[(index + 1 + (index / 8 % 7)) % 8];
        var tool = new Tool("weather", "Weather of a city", JsonElement.Parse("""{"type":"object","properties":{"city":{"type":"string"}}}"""));
        var prompt = new ToolPrompt([new ChatMessage(ChatRole.User, $"Request {index}: how is the weather in {right} today?")], [tool]);
        return new PreferencePair($"{index}", prompt, Call(right), Call(wrong));

        static Candidate Call(string city) => Candidate.FromCalls(new ToolCall("weather", JsonElement.Parse($$"""{"city":"{{city}}"}""")));
    }

    private sealed class Watcher(Action<TrainingMetrics> report) : IProgress<TrainingMetrics>
    {
        public void Report(TrainingMetrics value) => report(value);
    }
}
