using System.Text.Json;
using ToolRM.Recipes;
using ToolRM.Tests.Checkpoints;
using ToolRM.Verification;

namespace ToolRM.Tests.Recipes;

/// <summary>The whole recipe on a toy corpus, with a transformer of one layer.</summary>
public sealed class EmbeddedRecipeTests(EmbeddedRecipeTests.StraightRun straight) : IClassFixture<EmbeddedRecipeTests.StraightRun>
{
    // With this seed the function play_song is held out.
    private static readonly EmbeddedRecipeOptions _options = new()
    {
        Seed = 4,
        HeldOutFraction = 0.2,
        HeldOutPairs = 8,
        VerifierPairs = 30,
        Verifier = new() { MinSteps = 40, PairsPerStep = 32 },
        Draws = 2,
        MadePairsPerDraw = 16,
        GivenPairsPerDraw = 16,
        WrongPerRight = 2,
        Vocabulary = 400,
        TokenizerTexts = 24,
        Threads = 2,
        Shape = new EmbeddedRecipeOptions().Shape with
        {
            Layers = 1, HiddenSize = 16, IntermediateSize = 24, Heads = 2, KeyValueHeads = 1, HeadSize = 8,
        },
        Training = new EmbeddedRecipeOptions().Training with { PairsPerStep = 8, EvaluationEvery = 3, LogEvery = 1, CheckpointEvery = 2 },
    };

    private static readonly string[] _files = ["config.json", "model.safetensors", "tokenizer.json", "verifier.json", "weights.jsonl"];

    private static Task<RecipeResult> RunAsync(
        string folder,
        EmbeddedRecipeOptions? options = null,
        IProgress<RecipeProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        new EmbeddedRecipe(options ?? _options).RunAsync(RecipePairs.All, folder, progress, cancellationToken);

    private static void ShouldBeEqual(string folder, string expected)
    {
        foreach (string file in (string[])[.. _files, "residual/model.safetensors"])
        {
            File.ReadAllBytes(Path.Combine(folder, file)).Should().Equal(File.ReadAllBytes(Path.Combine(expected, file)), $"of {file}");
        }
    }

    [Fact]
    public void All_files_are_there()
    {
        Directory.EnumerateFileSystemEntries(straight.Folder).Select(Path.GetFileName).Should().BeEquivalentTo([.. _files, "residual"]);
        Directory.EnumerateFileSystemEntries(Path.Combine(straight.Folder, "residual")).Select(Path.GetFileName)
            .Should().BeEquivalentTo("checkpoint", "config.json", "metrics.jsonl", "model.safetensors", "tokenizer.json");
    }

    [Fact]
    public void Stages_are_told_in_their_order()
    {
        straight.Progress.Values.Select(progress => progress.Stage).Distinct().Should().Equal(
            "dividing the pairs", "training the verifier", "learning the tokenizer", "making wrong answers", "training the transformer",
            "weighing verifier and transformer");
        straight.Progress.Values.Select(progress => progress.Fraction).OfType<double>()
            .Should().OnlyContain(fraction => fraction >= 0 && fraction <= 1);
        straight.Progress.Values.Count(progress => progress.Stage == "making wrong answers").Should().Be(2);
        straight.Progress.Values[0].Detail.Should().Be("60 pairs");
    }

    [Fact]
    public void Result_tells_what_was_done()
    {
        RecipeResult result = straight.Result;

        (result.Folder, result.GivenPairs, result.Golds).Should().Be((straight.Folder, 45, 45));
        result.Residual.TrainingPairs.Read.Should().BeInRange(2 * (16 + 12), 2 * (16 + 16));
        result.Residual.HeldOutPairs.Read.Should().BeInRange(12, 16);
        result.Residual.Steps.Should().Be((result.Residual.TrainingPairs.Used + 7) / 8);
        result.Weights.Select(weight => weight.Weight).Should().Equal(_options.Weights);
        double best = result.Weights.Max(weight => weight.MacroAccuracy);
        result.Chosen.Should().BeSameAs(result.Weights.First(weight => weight.MacroAccuracy == best));
    }

    [Fact]
    public void Weights_are_written_as_they_were_measured()
    {
        JsonElement[] lines = [.. File.ReadLines(Path.Combine(straight.Folder, "weights.jsonl")).Select(line => JsonElement.Parse(line))];

        lines.Select(line => new MixtureWeight(
            line.GetProperty("weight").GetDouble(), line.GetProperty("accuracy").GetDouble(), line.GetProperty("macro_accuracy").GetDouble()))
            .Should().Equal(straight.Result.Weights);
    }

    [Fact]
    public async Task Model_is_loaded_and_its_reward_is_the_sum_that_was_chosen()
    {
        using RewardModel model = await RewardModel.LoadAsync(straight.Folder, new RewardModelOptions { ExplainScores = true });
        using RewardModel residual = await RewardModel.LoadAsync(Path.Combine(straight.Folder, "residual"));
        VerifierRewardModel verifier = await VerifierRewardModel.LoadAsync(straight.Folder);
        RewardRequest[] requests = [.. RecipePairs.All.Select(pair => new RewardRequest(pair.Prompt, [pair.Chosen, pair.Rejected]))];

        IReadOnlyList<IReadOnlyList<RewardScore>> scores = await model.ScoreAsync(requests);
        IReadOnlyList<IReadOnlyList<RewardScore>> added = await residual.ScoreAsync(requests), known = await verifier.ScoreAsync(requests);

        model.Config.Template.Should().Be("annotated");
        for (int i = 0; i < requests.Length; i++)
        {
            for (int side = 0; side < 2; side++)
            {
                RewardScore score = scores[i][side];
                double transformed = straight.Result.Chosen.Weight * added[i][side].Reward;
                double.IsFinite(score.Reward).Should().BeTrue();
                score.Reward.Should().BeApproximately(known[i][side].Reward + transformed, 0.02 + (0.05 * Math.Abs(transformed)));
                score.Explanation!.Families.Select(family => family.Family)
                    .Should().Equal([.. FeatureSet.Families.Select(family => family.Name), "transformer"]);
            }
        }

        scores.Count(pair => pair[0].Reward > pair[1].Reward).Should().BeGreaterThan(35, "the pairs are what it was trained on");
    }

    [Fact]
    public async Task A_run_that_is_done_is_not_done_again()
    {
        using var folder = new TemporaryFolder();
        await RunAsync(folder.Path);
        var progress = new Reports();

        await RunAsync(folder.Path, progress: progress);

        progress.Values.Should().NotContain(report => report.Stage == "training the transformer");
        ShouldBeEqual(folder.Path, straight.Folder);
    }

    [Fact]
    public async Task A_run_that_was_stopped_goes_on_bit_for_bit_whatever_the_threads()
    {
        using var folder = new TemporaryFolder();
        using var source = new CancellationTokenSource();
        var stopping = new Reports
        {
            Then = report => (report.Detail.StartsWith("step 3/", StringComparison.Ordinal) ? source.Cancel : (Action)(() => { }))(),
        };
        await FluentActions.Awaiting(() => RunAsync(folder.Path, progress: stopping, cancellationToken: source.Token))
            .Should().ThrowAsync<OperationCanceledException>();
        Directory.GetFiles(folder.Path).Should().BeEmpty("the model is written at the end");

        var resumed = new Reports();
        await RunAsync(folder.Path, _options with { Threads = 1 }, resumed);

        resumed.Values.First(report => report.Stage == "training the transformer").Detail.Should().StartWith("step 4/");
        ShouldBeEqual(folder.Path, straight.Folder);
    }

    [Fact]
    public async Task Without_resuming_it_starts_over()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("residual/checkpoint"));
        folder.Write("residual/checkpoint/state.bin", "of another run");
        folder.Write("notes.txt", "mine");

        await FluentActions.Awaiting(() => RunAsync(folder.Path)).Should().ThrowAsync<ToolRMException>();
        await RunAsync(folder.Path, _options with { Training = _options.Training with { Resume = false } });

        ShouldBeEqual(folder.Path, straight.Folder);
        File.ReadAllText(folder.File("notes.txt")).Should().Be("mine");
    }

    [Fact]
    public async Task A_run_of_other_options_is_not_continued()
    {
        using var folder = new TemporaryFolder();
        await RunAsync(folder.Path);
        byte[] model = File.ReadAllBytes(folder.File("model.safetensors"));

        await FluentActions.Awaiting(() => RunAsync(folder.Path, _options with { CipherShare = 1 }))
            .Should().ThrowAsync<ToolRMException>().WithMessage("*training pairs*");

        File.ReadAllBytes(folder.File("model.safetensors")).Should().Equal(model);
    }

    /// <summary>A run that was never stopped.</summary>
    public sealed class StraightRun : IAsyncLifetime
    {
        internal Reports Progress { get; } = new();

        internal string Folder { get; } = Directory.CreateTempSubdirectory("toolrm-test-").FullName;

        internal RecipeResult Result { get; private set; } = null!;

        public async Task InitializeAsync() => Result = await RunAsync(Folder, progress: Progress);

        public Task DisposeAsync()
        {
            Directory.Delete(Folder, recursive: true);
            return Task.CompletedTask;
        }
    }

    internal sealed class Reports : IProgress<RecipeProgress>
    {
        public List<RecipeProgress> Values { get; } = [];

        public Action<RecipeProgress> Then { get; init; } = _ => { };

        public void Report(RecipeProgress value)
        {
            Values.Add(value);
            Then(value);
        }
    }
}
