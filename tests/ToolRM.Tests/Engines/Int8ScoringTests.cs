using ToolRM.Engines;
using ToolRM.Engines.Cpu;
using ToolRM.Models;

namespace ToolRM.Tests.Engines;

public class Int8ScoringTests
{
    [Theory]
    [MemberData(nameof(TinyModels.Shapes), MemberType = typeof(TinyModels))]
    public void Rewards_follow_those_of_float32(string shape)
    {
        DecoderConfig config = TinyModels.Config(shape);
        using CpuRewardEngine exact = TinyModels.Scorer(config);
        using CpuRewardEngine fast = Engine(config, Fastest);
        TokenForest forest = Sequences(config, 60);
        float[] expected = TinyModels.Score(exact, forest), rewards = TinyModels.Score(fast, forest);
        rewards.Should().NotEqual(expected, "otherwise int8 is not used at all");
        Correlation(rewards, expected).Should().BeGreaterThan(0.998);
    }

    [Theory]
    [MemberData(nameof(TinyModels.Shapes), MemberType = typeof(TinyModels))]
    public void Rewards_have_the_same_bits_with_every_int8_kernel(string shape)
    {
        DecoderConfig config = TinyModels.Config(shape);
        TokenForest forest = Sequences(config, 5);
        using CpuRewardEngine reference = Engine(config, "scalar");
        float[] expected = TinyModels.Score(reference, forest);
        foreach (string kernel in TinyModels.Int8Kernels)
        {
            using CpuRewardEngine engine = Engine(config, kernel);
            TinyModels.Score(engine, forest).Should().Equal(expected, "{0}", kernel);
        }
    }

    [Theory]
    [MemberData(nameof(TinyModels.Shapes), MemberType = typeof(TinyModels))]
    public void Rewards_are_bitwise_equal_alone_in_a_batch_in_any_order_cut_anywhere_and_on_any_number_of_threads(string shape)
    {
        DecoderConfig config = TinyModels.Config(shape);
        int[] prompt = TinyModels.Tokens(1, 150, config), other = TinyModels.Tokens(2, 37, config);
        int[][] candidates = [.. Enumerable.Range(0, 9).Select(i => TinyModels.Tokens(10 + i, 1 + (7 * i), config))];
        foreach (string kernel in TinyModels.Int8Kernels)
        {
            using CpuRewardEngine one = Engine(config, kernel, threads: 1), three = Engine(config, kernel, threads: 3);
            float[] expected = [.. candidates.Select(candidate => TinyModels.Score(one, TinyModels.Sequence([.. prompt, .. candidate]))[0])];
            foreach (CpuRewardEngine engine in (CpuRewardEngine[])[one, three])
            {
                TinyModels.Score(engine, TinyModels.Tree(prompt, candidates)).Should().Equal(expected);
                TinyModels.Score(engine, TinyModels.Tree(prompt, [.. candidates.Reverse()])).Should().Equal(expected.Reverse());

                var batch = new TokenForest.Builder();
                TinyModels.Add(batch, other, TinyModels.Tokens(3, 5, config));
                TinyModels.Add(batch, prompt, candidates[2], candidates[8]);
                int trunk = batch.Add(-1, prompt[..33], isLeaf: false);
                batch.Add(trunk, [.. prompt[33..], .. candidates[6]], isLeaf: true);
                TinyModels.Score(engine, batch.Build())[1..].Should().Equal(expected[2], expected[8], expected[6]);
            }
        }
    }

    [Fact]
    public async Task Embedded_model_keeps_its_order_of_sequences()
    {
        string? kernel = CpuCapabilities.Current.Avx2 ? null : "scalar";
        using RewardModel exact = RewardModel.LoadEmbedded(new RewardModelOptions { Kernel = kernel });
        using RewardModel fast = RewardModel.LoadEmbedded(new RewardModelOptions { Kernel = kernel, ElementType = ElementType.Int8 });
        int[][] sequences = [.. Enumerable.Range(0, 40).Select(i => TinyModels.Tokens(i, 5 + i, exact.Config))];
        float[] expected = [.. (await exact.ScoreTokensAsync(sequences)).Select(reward => (float)reward)];
        float[] rewards = [.. (await fast.ScoreTokensAsync(sequences)).Select(reward => (float)reward)];
        Correlation(rewards, expected).Should().BeGreaterThan(0.999);
        (await fast.ScoreTokensAsync(sequences)).Should().Equal(rewards.Select(reward => (double)reward), "what is kept of prompts changes no bit");
        fast.Plan.ElementType.Should().Be("int8");
        fast.Plan.Kernels.Should().Contain("for weights");
    }

    [Fact]
    public void Element_type_that_does_not_exist_is_refused()
    {
        Action load = () => RewardModel.LoadEmbedded(new RewardModelOptions { ElementType = (ElementType)7 });
        load.Should().Throw<ArgumentOutOfRangeException>().WithMessage("*Float32 or Int8*");
    }

    private static string Fastest => TinyModels.Int8Kernels.Last();

    private static CpuRewardEngine Engine(DecoderConfig config, string int8, int threads = 2) =>
        new(config, new TinyModels.RandomSource(1), TinyModels.Int8Plan(int8, threads));

    private static TokenForest Sequences(DecoderConfig config, int count)
    {
        var forest = new TokenForest.Builder();
        for (int i = 0; i < count; i++)
        {
            forest.Add(-1, TinyModels.Tokens(i, 3 + i, config), isLeaf: true);
        }

        return forest.Build();
    }

    private static double Correlation(float[] a, float[] b)
    {
        double meanA = a.Average(x => (double)x), meanB = b.Average(x => (double)x);
        double product = a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum();
        return product / Math.Sqrt(a.Sum(x => Math.Pow(x - meanA, 2)) * b.Sum(x => Math.Pow(x - meanB, 2)));
    }
}
