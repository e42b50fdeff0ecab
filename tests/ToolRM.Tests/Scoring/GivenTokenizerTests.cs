using ToolRM.Prompts;
using ToolRM.Tokenization;

namespace ToolRM.Tests.Scoring;

public sealed class GivenTokenizerTests
{
    private static readonly RewardRequest _request = new(TinyRewardModel.Prompt("weather in Paris"), TinyRewardModel.Candidates);

    [Fact]
    public async Task A_given_tokenizer_takes_the_place_of_the_file()
    {
        using var with = new TinyRewardModel();
        using var without = new TinyRewardModel(withTokenizer: false);
        ITokenizer tokenizer = BpeTokenizer.Load(Path.Combine(with.Folder, "tokenizer.json"));
        using RewardModel expected = await RewardModel.LoadAsync(with.Folder);
        using RewardModel given = await RewardModel.LoadAsync(without.Folder, new RewardModelOptions { Tokenizer = tokenizer });
        (await given.ScoreAsync(_request)).Should().Equal(await expected.ScoreAsync(_request));
    }

    [Fact]
    public async Task A_given_tokenizer_goes_before_the_file()
    {
        using var tiny = new TinyRewardModel();
        ITokenizer other = BpeTrainer.Train(["abc"], new BpeTrainerOptions { VocabularySize = 300, SpecialTokens = CompactTemplate.ControlTokens });
        using RewardModel own = await RewardModel.LoadAsync(tiny.Folder);
        using RewardModel given = await RewardModel.LoadAsync(tiny.Folder, new RewardModelOptions { Tokenizer = other });
        (await given.ScoreAsync(_request))[0].PromptTokens.Should().BeGreaterThan((await own.ScoreAsync(_request))[0].PromptTokens);
    }

    [Fact]
    public async Task A_tokenizer_of_a_larger_vocabulary_than_the_models_is_refused()
    {
        using var tiny = new TinyRewardModel();
        BpeTokenizer large = BpeTrainer.Train(
            Enumerable.Range(0, 400).Select(i => $"{(char)('a' + i % 26)}{(char)('a' + i / 26)}"),
            new BpeTrainerOptions { VocabularySize = 400, SpecialTokens = CompactTemplate.ControlTokens, MinimumPairFrequency = 1 });
        large.VocabularySize.Should().BeGreaterThan(320);
        Func<Task> load = () => RewardModel.LoadAsync(tiny.Folder, new RewardModelOptions { Tokenizer = large });
        (await load.Should().ThrowAsync<ToolRMException>()).WithMessage("*has 320 token ids*Tokenizer has 400*belongs to the model*");
    }

    [Fact]
    public void The_embedded_model_takes_no_other_tokenizer()
    {
        ITokenizer other = BpeTrainer.Train(["abc"], new BpeTrainerOptions { VocabularySize = 300 });
        Action load = () => RewardModel.LoadEmbedded(new RewardModelOptions { Tokenizer = other });
        load.Should().Throw<ToolRMException>().WithMessage("*has its own tokenizer*");
    }
}
