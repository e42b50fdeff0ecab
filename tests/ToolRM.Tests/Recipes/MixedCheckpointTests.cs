using ToolRM.Recipes;
using ToolRM.Tests.Checkpoints;
using ToolRM.Tests.Scoring;
using ToolRM.Training;
using ToolRM.Verification;

namespace ToolRM.Tests.Recipes;

public sealed class MixedCheckpointTests : IDisposable
{
    private static readonly RewardRequest _request = new(TinyRewardModel.Prompt("weather in Paris tomorrow"), TinyRewardModel.Candidates);

    private static readonly LinearHead _verifier = new([.. FeatureSet.Definitions.Select((_, i) => new FeatureWeight((i % 5) - 2, 0.1f, 1))], 0.5f);

    private readonly TinyRewardModel _residual = new();
    private readonly TemporaryFolder _files = new();

    public void Dispose()
    {
        _residual.Dispose();
        _files.Dispose();
    }

    private string Save(double weight, string name = "model", CancellationToken cancellationToken = default)
    {
        MixedCheckpoint.Save(_files.File(name), _residual.Folder, weight, _verifier, cancellationToken);
        return _files.File(name);
    }

    private static async Task<double[]> RewardsAsync(string folder)
    {
        using RewardModel model = await RewardModel.LoadAsync(folder);
        return [.. (await model.ScoreAsync(_request)).Select(score => score.Reward)];
    }

    private static double[] Verified() =>
    [
        .. _request.Candidates.Select(candidate =>
            _verifier.Score(FeatureSet.Compute(new CandidateFacts(new RequestFacts(_request.Prompt), candidate)))),
    ];

    [Theory]
    [InlineData(0.25)]
    [InlineData(1)]
    [InlineData(1.5)]
    public async Task Reward_is_the_verifiers_and_the_weighted_one_of_the_transformer_within_16_bits(double weight)
    {
        double[] transformed = await RewardsAsync(_residual.Folder), verified = Verified();

        double[] rewards = await RewardsAsync(Save(weight));

        double size = transformed.Max(Math.Abs), rounding = 0.03 * size;
        (transformed.Max() - transformed.Min())
            .Should().BeGreaterThan(3 * rounding, "the transformer tells the candidates apart by more than rounding");
        for (int i = 0; i < rewards.Length; i++)
        {
            rewards[i].Should().BeApproximately(verified[i] + (weight * transformed[i]), weight * rounding);
        }
    }

    [Fact]
    public async Task Only_the_head_is_weighted()
    {
        int[][] sequences = [[1, 2, 3], [300, 7], [.. Enumerable.Range(20, 40)]];
        using RewardModel once = await RewardModel.LoadAsync(Save(1)), twice = await RewardModel.LoadAsync(Save(2, "twice"));
        using RewardModel negative = await RewardModel.LoadAsync(Save(-1, "negative"));

        IReadOnlyList<double> rewards = await once.ScoreTokensAsync(sequences);

        // Powers of two lose nothing in 16 bits.
        (await twice.ScoreTokensAsync(sequences)).Should().Equal(rewards.Select(reward => 2 * reward));
        (await negative.ScoreTokensAsync(sequences)).Should().Equal(rewards.Select(reward => -reward));
    }

    [Fact]
    public async Task With_a_weight_of_nothing_the_verifier_is_left() => (await RewardsAsync(Save(0))).Should().Equal(Verified());

    [Fact]
    public async Task Weights_are_saved_in_16_bits_and_other_files_stay()
    {
        Directory.CreateDirectory(_files.File("model/residual"));
        File.WriteAllText(_files.File("model/residual/state"), "kept");
        File.WriteAllText(_files.File("model/weights.jsonl"), "kept");
        File.WriteAllText(_files.File("model/verifier.json"), "old");

        string folder = Save(1);

        Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Should().BeEquivalentTo(
            "config.json", "model.safetensors", "tokenizer.json", "verifier.json", "weights.jsonl", "residual");
        File.ReadAllText(_files.File("model/residual/state")).Should().Be("kept");
        File.ReadAllBytes(Path.Combine(folder, "tokenizer.json"))
            .Should().Equal(File.ReadAllBytes(Path.Combine(_residual.Folder, "tokenizer.json")));
        double whole = new FileInfo(Path.Combine(_residual.Folder, "model.safetensors")).Length;
        (whole / new FileInfo(Path.Combine(folder, "model.safetensors")).Length).Should().BeInRange(1.6, 2);
        LinearHead saved = VerifierFile.Read(folder, FeatureNames.Own);
        saved.Features.Should().Equal(_verifier.Features);
        saved.Bias.Should().Be(_verifier.Bias);
        using RewardModel model = await RewardModel.LoadAsync(folder);
        model.Config.Should().Be(_residual.Config);
    }

    [Fact]
    public void Cancelled_saving_leaves_the_old_model()
    {
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(_files.File("model")).FullName, "verifier.json"), "old");

        FluentActions.Invoking(() => Save(1, cancellationToken: new CancellationToken(canceled: true)))
            .Should().Throw<OperationCanceledException>();

        Directory.GetFileSystemEntries(_files.Path).Should().ContainSingle();
        Directory.GetFiles(_files.File("model")).Should().ContainSingle();
        File.ReadAllText(_files.File("model/verifier.json")).Should().Be("old");
    }

    [Fact]
    public async Task Differences_of_tokenized_pairs_are_those_of_the_model()
    {
        TokenizedPair[] pairs = [.. Enumerable.Range(0, 40).Select(i =>
            new TokenizedPair($"{i}", [1, 2, 30 + i], [.. Enumerable.Range(i, 3 + (i % 5))], [.. Enumerable.Range(100 + i, 4)]))];
        using RewardModel model = await RewardModel.LoadAsync(_residual.Folder);
        IReadOnlyList<double> chosen = await model.ScoreTokensAsync([.. pairs.Select(pair => (int[])[.. pair.Prompt, .. pair.Chosen])]);
        IReadOnlyList<double> rejected = await model.ScoreTokensAsync([.. pairs.Select(pair => (int[])[.. pair.Prompt, .. pair.Rejected])]);

        ResidualRewards.Differences(_residual.Folder, pairs, 2, default)
            .Should().Equal(chosen.Zip(rejected, (right, wrong) => right - wrong));
        ResidualRewards.Differences(_residual.Folder, [], 1, default).Should().BeEmpty();
    }
}
