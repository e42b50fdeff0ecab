using System.Runtime.InteropServices;
using ToolRM.Engines;
using ToolRM.Engines.Cpu;
using ToolRM.Models;
using ToolRM.Tests.Engines;
using ToolRM.TorchSharp.Planning;
using TorchSharp;

namespace ToolRM.TorchSharp.Tests;

[Trait("Category", "TorchSharp")]
public class TorchScoringTests
{
    [Theory]
    [MemberData(nameof(TinyModels.Shapes), MemberType = typeof(TinyModels))]
    public void Rewards_equal_those_of_the_managed_engine(string shape) => ShouldEqualManaged(shape, TorchModels.MathKernels);

    [FusedTheory]
    [MemberData(nameof(TinyModels.Shapes), MemberType = typeof(TinyModels))]
    public void Rewards_of_fused_attention_equal_those_of_the_managed_engine(string shape) => ShouldEqualManaged(shape, TorchModels.FusedKernels);

    [Fact]
    public void Rewards_in_bfloat16_are_near() => ShouldBeNearManaged("bfloat16,math");

    [FusedFact]
    public void Rewards_of_fused_attention_in_bfloat16_are_near() => ShouldBeNearManaged("bfloat16,fused");

    [Fact]
    public void No_tensor_is_left_after_many_scores()
    {
        DecoderConfig config = TinyModels.Config("one layer");
        int scores = 10_000 / TorchModels.Kernels.Count;
        foreach (string kernel in TorchModels.Kernels)
        {
            ThreadDisposeScopeStatistics counts = DisposeScopeManager.Statistics;
            long before = counts.ThreadTotalLiveCount;
            using (TorchRewardEngine engine = TorchModels.Scorer(config, kernel))
            {
                TokenForest forest = TinyModels.Tree(TinyModels.Tokens(1, 6, config), TinyModels.Tokens(2, 3, config), TinyModels.Tokens(3, 2, config));
                TinyModels.Score(engine, forest);
                long loaded = counts.ThreadTotalLiveCount;
                for (int i = 0; i < scores; i++)
                {
                    TinyModels.Score(engine, forest);
                }

                counts.ThreadTotalLiveCount.Should().Be(loaded, "{0}", kernel);
                Action cancelled = () => engine.Score(forest, new float[2], new CancellationToken(canceled: true));
                cancelled.Should().Throw<OperationCanceledException>();
                counts.ThreadTotalLiveCount.Should().Be(loaded);
            }

            counts.ThreadTotalLiveCount.Should().Be(before, "all weights are freed");
        }
    }

    [Fact]
    public void Engine_made_on_one_thread_scores_on_another()
    {
        DecoderConfig config = TinyModels.Config("qwen2");
        TokenForest forest = TinyModels.Sequence(TinyModels.Tokens(1, 9, config));
        using TorchRewardEngine engine = TorchModels.Scorer(config);
        float[] here = TinyModels.Score(engine, forest), there = [];
        long left = -1;
        var thread = new Thread(() =>
        {
            there = TinyModels.Score(engine, forest);
            left = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        });
        thread.Start();
        thread.Join();
        there.Should().Equal(here);
        left.Should().Be(0);
    }

    [Fact]
    public void Forest_that_exhausts_memory_is_scored_in_halves()
    {
        DecoderConfig config = TinyModels.Config("qwen3");
        using TorchRewardEngine engine = TorchModels.Scorer(config);
        foreach (TokenForest forest in TorchModels.Forests(config))
        {
            int refused = 0;
            var rewards = new float[forest.Leaves.Length];
            DeviceMemory.RunInHalves(
                (part, destination, cancellationToken) =>
                {
                    if (part.Leaves.Length > 1)
                    {
                        refused++;
                        throw new NativeError("CUDA out of memory. Tried to allocate 2.00 GiB.");
                    }

                    engine.Score(part, destination, cancellationToken);
                },
                forest, rewards, default);
            refused.Should().Be(forest.Leaves.Length - 1);
            TorchModels.ShouldBeNear(rewards, TinyModels.Score(engine, forest), 1e-5f, "halves");
        }
    }

    [Fact]
    public void Memory_that_does_not_suffice_for_one_sequence_is_a_typed_error_and_other_errors_are_not_retried()
    {
        TokenForest forest = TinyModels.Tree([5, 6], [7], [8, 9]);
        int calls = 0;
        void Run(string message) => DeviceMemory.RunInHalves(
            (_, _, _) =>
            {
                calls++;
                throw new NativeError(message);
            },
            forest, new float[2], default);

        Action exhausted = () => Run("CUDA out of memory. Tried to allocate 20.00 MiB.\nException raised from malloc");
        exhausted.Should().Throw<OutOfDeviceMemoryException>().WithMessage("*one sequence of 3 tokens*Tried to allocate 20.00 MiB.*MaxLength*")
            .Which.Message.Should().NotContain("raised");
        calls.Should().Be(2);
        Action other = () => Run("device-side assert triggered");
        other.Should().Throw<DeviceException>().WithMessage("libtorch failed: device-side assert triggered*").WithInnerException<ExternalException>();
        calls.Should().Be(3);
    }

    [Fact]
    public void Plan_whose_rewards_are_off_is_refused()
    {
        TokenForest forest = TinyModels.Sequence([5]);
        KernelChoice choice = TorchPlan.Choose(TinyModels.Config("llama"), TorchModels.Request("float32,math,padded")).For(forest);
        PlanCheck.Compare(choice, [1, -2], [1.0001f, -2]);
        Action off = () => PlanCheck.Compare(choice, [1, -2], [1, -1.9f]);
        Action notANumber = () => PlanCheck.Compare(choice with { Type = ComputeType.BFloat16 }, [1, -2], [1, float.NaN]);
        off.Should().Throw<KernelCheckException>().WithMessage("*float32,math,padded*-1.9*-2*float32,math*");
        notANumber.Should().Throw<KernelCheckException>();
        PlanCheck.Typed(new NativeError("no kernel image is available"), choice, forest).Should().BeOfType<KernelCheckException>()
            .Which.Message.Should().Contain("no kernel image").And.Contain("float32,math");
        PlanCheck.Typed(new NativeError("CUDA out of memory."), choice, forest).Should().BeOfType<OutOfDeviceMemoryException>();
    }

    [Fact]
    public void Forest_with_a_wrong_token_or_length_is_refused()
    {
        DecoderConfig config = TinyModels.Config("llama") with { MaxLength = 8 };
        using TorchRewardEngine engine = TorchModels.Scorer(config);
        Action unknown = () => TinyModels.Score(engine, TinyModels.Sequence([1, 61]));
        Action tooLong = () => TinyModels.Score(engine, TinyModels.Tree([1, 2, 3, 4], [1, 2, 3, 4, 5]));
        unknown.Should().Throw<ArgumentException>().WithMessage("*Token id 61*vocabulary of 61*");
        tooLong.Should().Throw<ArgumentException>().WithMessage("*9 tokens*maximum of 8*");
    }

    [Fact]
    public void Loading_tells_its_progress_and_can_be_cancelled()
    {
        DecoderConfig config = TinyModels.Config("qwen2");
        var shares = new List<double>();
        EngineRequest request = TorchModels.Request() with { LoadProgress = new Reporter(shares.Add) };
        new TorchSharpProvider().CreateScorer(config, new TinyModels.RandomSource(1), request).Dispose();
        shares.Should().BeInAscendingOrder().And.OnlyContain(share => share > 0 && share <= 1);
        shares[^1].Should().Be(1);

        using var stop = new CancellationTokenSource();
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Action load = () => new TorchSharpProvider().CreateScorer(
            config, new TinyModels.RandomSource(1),
            TorchModels.Request() with { LoadProgress = new Reporter(_ => stop.Cancel()), CancellationToken = stop.Token }).Dispose();
        load.Should().Throw<OperationCanceledException>();
        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before);
    }

    [Fact]
    public void Disposed_engine_says_so()
    {
        DecoderConfig config = TinyModels.Config("llama");
        TorchRewardEngine engine = TorchModels.Scorer(config);
        engine.Dispose();
        engine.Dispose();
        Action score = () => TinyModels.Score(engine, TinyModels.Sequence([5]));
        score.Should().Throw<ObjectDisposedException>();
    }

    private static void ShouldEqualManaged(string shape, IReadOnlyList<string> kernels)
    {
        DecoderConfig config = TinyModels.Config(shape);
        using CpuRewardEngine managed = TinyModels.Scorer(config, threads: 1);
        foreach (string kernel in kernels)
        {
            using TorchRewardEngine engine = TorchModels.Scorer(config, kernel);
            foreach (TokenForest forest in TorchModels.Forests(config))
            {
                TorchModels.ShouldBeNear(TinyModels.Score(engine, forest), TinyModels.Score(managed, forest), 1e-4f, $"{shape}, {kernel}");
            }
        }
    }

    private static void ShouldBeNearManaged(string kernel)
    {
        DecoderConfig config = TinyModels.Config("whole tiles");
        using CpuRewardEngine managed = TinyModels.Scorer(config, threads: 1);
        using TorchRewardEngine engine = TorchModels.Scorer(config, kernel);
        engine.Plan.ElementType.Should().Be("bfloat16");
        foreach (TokenForest forest in TorchModels.Forests(config))
        {
            float[] expected = TinyModels.Score(managed, forest);
            float[] found = TinyModels.Score(engine, forest);
            found.Should().NotEqual(expected);
            TorchModels.ShouldBeNear(found, expected, 0.2f, "bfloat16");
        }
    }

    /// <summary>What TorchSharp throws.</summary>
    private sealed class NativeError(string message) : ExternalException(message);

    private sealed class Reporter(Action<double> action) : IProgress<double>
    {
        public void Report(double value) => action(value);
    }
}
