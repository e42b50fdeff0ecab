using ToolRM.Engines;
using ToolRM.Engines.Cpu;
using ToolRM.Models;

namespace ToolRM.Tests.Engines;

public class ScoringTests
{
    [Theory]
    [MemberData(nameof(TinyModels.Shapes), MemberType = typeof(TinyModels))]
    public void Rewards_equal_the_reference_on_every_kernel(string shape)
    {
        DecoderConfig config = TinyModels.Config(shape);
        ReferenceDecoder reference = Reference(config);
        foreach (string kernel in TinyModels.Kernels)
        {
            using CpuRewardEngine engine = TinyModels.Scorer(config, kernel);
            foreach (int length in (int[])[1, 2, 7, 31, 32, 33, 65])
            {
                int[] tokens = TinyModels.Tokens(length, length, config);
                TinyModels.Score(engine, TinyModels.Sequence(tokens))[0]
                    .Should().BeApproximately((float)reference.Score(tokens), 2e-5f, "{0} with {1} tokens on {2}", shape, length, kernel);
            }
        }
    }

    [Theory]
    [MemberData(nameof(TinyModels.Shapes), MemberType = typeof(TinyModels))]
    public void Rewards_are_bitwise_equal_alone_in_a_batch_in_any_order_cut_anywhere_and_on_any_number_of_threads(string shape)
    {
        DecoderConfig config = TinyModels.Config(shape);
        int[] prompt = TinyModels.Tokens(1, 150, config), other = TinyModels.Tokens(2, 37, config);
        int[][] candidates = [.. Enumerable.Range(0, 9).Select(i => TinyModels.Tokens(10 + i, 1 + (7 * i), config))];
        foreach (string kernel in TinyModels.Kernels)
        {
            using CpuRewardEngine two = TinyModels.Scorer(config, kernel), one = TinyModels.Scorer(config, kernel, threads: 1);
            using CpuRewardEngine three = TinyModels.Scorer(config, kernel, threads: 3);
            float[] expected = [.. candidates.Select(candidate => TinyModels.Score(one, TinyModels.Sequence([.. prompt, .. candidate]))[0])];

            foreach (CpuRewardEngine engine in (CpuRewardEngine[])[one, two, three])
            {
                TinyModels.Score(engine, TinyModels.Tree(prompt, candidates)).Should().Equal(expected);
                TinyModels.Score(engine, TinyModels.Tree(prompt, [.. candidates.Reverse()])).Should().Equal(expected.Reverse());
                TinyModels.Score(engine, TinyModels.Tree(prompt, candidates[4]))[0].Should().Be(expected[4]);

                var batch = new TokenForest.Builder();
                TinyModels.Add(batch, other, TinyModels.Tokens(3, 5, config));
                TinyModels.Add(batch, prompt, candidates[2], candidates[8]);
                TinyModels.Add(batch, prompt[..1], [.. prompt[1..], .. candidates[3]]);
                int trunk = batch.Add(-1, prompt[..33], isLeaf: false);
                trunk = batch.Add(trunk, prompt[33..50], isLeaf: false);
                batch.Add(trunk, [.. prompt[50..], .. candidates[6]], isLeaf: true);
                TinyModels.Score(engine, batch.Build())[1..].Should().Equal(expected[2], expected[8], expected[3], expected[6]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(TinyModels.Shapes), MemberType = typeof(TinyModels))]
    public void Weights_kept_in_16_bits_give_the_bits_of_the_same_weights_in_32(string shape)
    {
        DecoderConfig config = TinyModels.Config(shape);
        TokenForest forest = TinyModels.Tree(TinyModels.Tokens(1, 70, config), TinyModels.Tokens(2, 9, config), TinyModels.Tokens(3, 3, config));
        foreach (string kernel in TinyModels.Kernels)
        {
            var shares = new List<double>();
            using var narrow = new CpuRewardEngine(
                config, new BFloat16Source { IsStored16 = true }, TinyModels.Plan(kernel), new Shares(shares));
            using var wide = new CpuRewardEngine(config, new BFloat16Source(), TinyModels.Plan(kernel));
            TinyModels.Score(narrow, forest).Should().Equal(TinyModels.Score(wide, forest));
            shares.Should().BeInAscendingOrder().And.OnlyContain(share => share > 0 && share <= 1);
            shares[^1].Should().Be(1);
        }
    }

    [Fact]
    public void Cancelled_loading_stops_and_frees_what_was_loaded()
    {
        using var stop = new CancellationTokenSource();
        Action load = () => new CpuRewardEngine(
            TinyModels.Config("qwen2"), new BFloat16Source(), TinyModels.Plan(), new Stopping(stop), stop.Token).Dispose();
        load.Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public void Trained_engine_scores_bitwise_as_the_scoring_engine()
    {
        DecoderConfig config = TinyModels.Config("qwen3");
        using CpuRewardEngine scorer = TinyModels.Scorer(config);
        using CpuTrainingEngine trainer = TinyModels.Trainer(config);
        TokenForest forest = TinyModels.Tree(TinyModels.Tokens(1, 40, config), TinyModels.Tokens(2, 9, config), TinyModels.Tokens(3, 3, config));
        var kept = new float[2];
        trainer.Forward(forest, kept, default);
        kept.Should().Equal(TinyModels.Score(scorer, forest));
        TinyModels.Score(trainer, forest).Should().Equal(kept);
    }

    [Fact]
    public void Pooled_token_is_the_last_that_is_not_padding_even_in_the_prompt()
    {
        DecoderConfig config = TinyModels.Config("qwen3");
        int pad = config.PadTokenId!.Value;
        using CpuRewardEngine engine = TinyModels.Scorer(config);
        int[] prompt = TinyModels.Tokens(1, 6, config);
        float expected = TinyModels.Score(engine, TinyModels.Sequence(prompt))[0];
        TinyModels.Score(engine, TinyModels.Sequence([.. prompt, pad, pad]))[0].Should().Be(expected);
        TinyModels.Score(engine, TinyModels.Tree(prompt, [pad, pad], [pad])).Should().Equal(expected, expected);
        TinyModels.Score(engine, TinyModels.Sequence([pad, pad, pad]))[0].Should().Be(TinyModels.Score(engine, TinyModels.Sequence([pad]))[0]);
    }

    [Fact]
    public void Forest_with_a_wrong_token_or_length_is_refused()
    {
        DecoderConfig config = TinyModels.Config("llama") with { MaxLength = 8 };
        using CpuRewardEngine engine = TinyModels.Scorer(config);
        Action unknown = () => TinyModels.Score(engine, TinyModels.Sequence([1, 61]));
        Action negative = () => TinyModels.Score(engine, TinyModels.Sequence([-1]));
        Action tooLong = () => TinyModels.Score(engine, TinyModels.Tree([1, 2, 3, 4], [1, 2, 3, 4, 5]));
        unknown.Should().Throw<ArgumentException>().WithMessage("*Token id 61*vocabulary of 61*");
        negative.Should().Throw<ArgumentException>();
        tooLong.Should().Throw<ArgumentException>().WithMessage("*9 tokens*maximum of 8*");
    }

    [Fact]
    public void Cancelled_scoring_stops_with_the_usual_exception()
    {
        using CpuRewardEngine engine = TinyModels.Scorer(TinyModels.Config("llama"));
        Action score = () => engine.Score(TinyModels.Sequence([5, 6]), new float[1], new CancellationToken(canceled: true));
        score.Should().Throw<OperationCanceledException>();
    }

    private static ReferenceDecoder Reference(DecoderConfig config)
    {
        var values = ParameterLayout.For(config).ToDictionary(parameter => parameter.Name, parameter =>
        {
            var array = new float[parameter.Count];
            new TinyModels.RandomSource(1).Read(parameter, array);
            return array;
        });
        return new ReferenceDecoder(config, name => values[name]);
    }

    /// <summary>Parameters rounded to bfloat16.</summary>
    private sealed class BFloat16Source : IStoredParameters
    {
        public bool IsStored16 { get; init; }

        public bool IsBFloat16(ParameterInfo parameter) => IsStored16;

        public void Read(ParameterInfo parameter, Span<float> destination) => ReadRows(parameter, 0, destination);

        public void ReadRows(ParameterInfo parameter, int firstRow, Span<float> destination)
        {
            var all = new float[parameter.Count];
            new TinyModels.RandomSource(1).Read(parameter, all);
            for (int i = 0; i < destination.Length; i++)
            {
                destination[i] = BitConverter.UInt32BitsToSingle(
                    BitConverter.SingleToUInt32Bits(all[(firstRow * parameter.Columns) + i]) & 0xFFFF_0000);
            }
        }
    }

    private sealed class Shares(List<double> shares) : IProgress<double>
    {
        public void Report(double value) => shares.Add(value);
    }

    private sealed class Stopping(CancellationTokenSource stop) : IProgress<double>
    {
        public void Report(double value) => stop.Cancel();
    }
}
