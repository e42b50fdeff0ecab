using ToolRM.Engines;
using ToolRM.Engines.Cpu;
using ToolRM.Models;
using ToolRM.Scoring;
using ToolRM.Tests.Engines;

namespace ToolRM.Tests.Scoring;

/// <summary>The cache of prompts as callers meet it: fewer tokens are computed, and rewards stay the same to the last bit.</summary>
public sealed class PrefixReuseTests
{
    private static readonly DecoderConfig _config = TinyModels.Config("qwen3");
    private static readonly int[] _prompt = TinyModels.Tokens(1, 100, _config);
    private static readonly int[][] _candidates = [TinyModels.Tokens(2, 9, _config), TinyModels.Tokens(3, 5, _config)];

    [Fact]
    public async Task The_next_turn_costs_only_its_new_tokens()
    {
        using Counter counter = new();
        using var scorer = new BatchScorer(counter, new RewardModelOptions());
        int[] next = [.. _prompt, .. TinyModels.Tokens(4, 40, _config)];

        (await Score(scorer, _prompt)).Should().Equal(Expected(_prompt));
        (await Score(scorer, next)).Should().Equal(Expected(next));
        (await Score(scorer, next)).Should().Equal(Expected(next));

        counter.Tokens.Should().Equal(100 + 14, 140 - 96 + 14, 140 - 128 + 14);
    }

    [Fact]
    public async Task Without_the_cache_every_prompt_is_computed()
    {
        using Counter counter = new();
        using var scorer = new BatchScorer(counter, new RewardModelOptions { PrefixCacheTokens = 0 });
        await Score(scorer, _prompt);
        await Score(scorer, _prompt);
        counter.Tokens.Should().Equal(114, 114);
    }

    [Fact]
    public async Task A_request_cut_by_the_budget_computes_its_prompt_once()
    {
        using Counter counter = new();
        using var scorer = new BatchScorer(counter, new RewardModelOptions { TokenBudget = 110 });
        (await Score(scorer, _prompt)).Should().Equal(Expected(_prompt));
        counter.Tokens.Should().Equal(109, 100 - 96 + 5);
    }

    [Fact]
    public async Task A_forest_that_failed_leaves_nothing_behind()
    {
        using Counter counter = new() { Fails = true };
        using var scorer = new BatchScorer(counter, new RewardModelOptions());
        Func<Task> score = () => Score(scorer, _prompt);
        await score.Should().ThrowAsync<InvalidOperationException>().WithMessage("planned");
        counter.Fails = false;
        (await Score(scorer, _prompt)).Should().Equal(Expected(_prompt));
        counter.Tokens.Should().Equal(114, 114);
    }

    [Fact]
    public async Task A_candidate_of_padding_alone_is_scored_at_its_prompt()
    {
        using Counter counter = new();
        using var scorer = new BatchScorer(counter, new RewardModelOptions());
        await Score(scorer, _prompt);
        var request = new EncodedRequest(_prompt, [[_config.PadTokenId!.Value], _candidates[0]]);
        float[][] rewards = await scorer.ScoreAsync([request], default);
        using CpuRewardEngine engine = TinyModels.Scorer(_config);
        rewards[0][0].Should().Be(TinyModels.Score(engine, TinyModels.Sequence(_prompt))[0]);
        rewards[0][1].Should().Be(Expected(_prompt)[0]);
    }

    [Fact]
    public async Task Many_prompts_with_little_room_keep_their_rewards()
    {
        using Counter counter = new();
        using var scorer = new BatchScorer(counter, new RewardModelOptions { PrefixCacheTokens = 160, TokenBudget = 400 });
        var random = new Random(1);
        int[][] stems = [.. Enumerable.Range(0, 3).Select(i => TinyModels.Tokens(20 + i, 130, _config))];
        int[][] prompts = [.. Enumerable.Range(0, 40).Select(i => (int[])[.. stems[random.Next(3)][..random.Next(130)], .. TinyModels.Tokens(50 + i, random.Next(40), _config)])];
        float[][] rewards = await scorer.ScoreAsync([.. prompts.Select(prompt => new EncodedRequest(prompt, _candidates))], default);
        for (int i = 0; i < prompts.Length; i++)
        {
            rewards[i].Should().Equal(Expected(prompts[i]));
        }

        counter.Tokens.Sum().Should().BeLessThan(prompts.Sum(prompt => prompt.Length + 14));
    }

    private static async Task<float[]> Score(BatchScorer scorer, int[] prompt) =>
        (await scorer.ScoreAsync([new EncodedRequest(prompt, _candidates)], default))[0];

    private static float[] Expected(int[] prompt)
    {
        using CpuRewardEngine engine = TinyModels.Scorer(_config);
        return prompt.Length == 0
            ? [.. _candidates.Select(candidate => TinyModels.Score(engine, TinyModels.Sequence(candidate))[0])]
            : TinyModels.Score(engine, TinyModels.Tree(prompt, _candidates));
    }

    /// <summary>An engine that notes how many tokens each forest has.</summary>
    private sealed class Counter : IPrefixCachingEngine
    {
        private readonly CpuRewardEngine _engine = TinyModels.Scorer(PrefixReuseTests._config);

        public List<int> Tokens { get; } = [];

        public bool Fails { get; set; }

        public DecoderConfig Config => _engine.Config;

        public KernelPlan Plan => _engine.Plan;

        public IPrefixBlock CreatePrefixBlock() => _engine.CreatePrefixBlock();

        public void Score(TokenForest forest, Span<float> rewards, CancellationToken cancellationToken)
        {
            Tokens.Add(forest.Tokens.Length);
            if (Fails)
            {
                throw new InvalidOperationException("planned");
            }

            _engine.Score(forest, rewards, cancellationToken);
        }

        public void Dispose() => _engine.Dispose();
    }
}
