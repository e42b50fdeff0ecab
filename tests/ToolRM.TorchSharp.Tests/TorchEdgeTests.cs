using ToolRM.Engines;
using ToolRM.Engines.Cpu;
using ToolRM.Models;
using ToolRM.Tests.Engines;
using ToolRM.TorchSharp.Attention;
using ToolRM.TorchSharp.Rows;
using ToolRM.TorchSharp.Training;
using ToolRM.TorchSharp.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace ToolRM.TorchSharp.Tests;

/// <summary>What is asked for seldom, and what goes wrong.</summary>
[Trait("Category", "TorchSharp")]
public class TorchEdgeTests
{
    [Fact]
    public void Forests_of_single_tokens_and_trees_without_leaves_are_computed()
    {
        DecoderConfig config = TinyModels.Config("qwen3");
        using CpuRewardEngine managed = TinyModels.Scorer(config, threads: 1);
        foreach (string kernel in TorchModels.Kernels)
        {
            using TorchRewardEngine engine = TorchModels.Scorer(config, kernel);
            foreach (TokenForest forest in Forests())
            {
                TorchModels.ShouldBeNear(TinyModels.Score(engine, forest), TinyModels.Score(managed, forest), 1e-4f, kernel);
            }
        }

        static IEnumerable<TokenForest> Forests()
        {
            yield return TinyModels.Tree([5], [6]);
            yield return TinyModels.Tree([5], [6], [7], [8]);
            yield return TinyModels.Sequence([3, 3]);
            yield return TinyModels.Sequence([3]);
            yield return TinyModels.Tree([9, 3, 3], [3], [3, 3], [4]);
            var several = new TokenForest.Builder();
            several.Add(-1, [5, 6, 7], isLeaf: false);
            several.Add(-1, [8], isLeaf: true);
            several.Add(several.Add(-1, [9], isLeaf: false), [10], isLeaf: false);
            several.Add(-1, [11], isLeaf: true);
            yield return several.Build();
        }
    }

    [Fact]
    public void A_forest_without_leaves_has_no_rewards_and_no_gradients()
    {
        DecoderConfig config = TinyModels.Config("llama");
        using TorchTrainingEngine engine = TorchModels.Trainer(config);
        TokenForest empty = new TokenForest.Builder().Build();
        var builder = new TokenForest.Builder();
        builder.Add(-1, [1, 2, 3], isLeaf: false);
        foreach (TokenForest forest in (TokenForest[])[empty, builder.Build()])
        {
            engine.Score(forest, [], default);
            engine.Forward(forest, [], default);
            Action backward = () => engine.Backward([], default);
            backward.Should().Throw<InvalidOperationException>("as the managed engine says");
        }

        engine.GradientNorm().Should().Be(0);
    }

    [Fact]
    public void A_forward_that_fails_leaves_nothing_behind_and_the_next_one_works()
    {
        DecoderConfig config = TinyModels.Config("qwen2");
        using TorchTrainingEngine engine = TorchModels.Trainer(config), fresh = TorchModels.Trainer(config);
        TokenForest forest = TinyModels.Tree([5, 6], [7], [8, 9]);
        TinyModels.Score(engine, forest);
        long loaded = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        engine.Forward(forest, new float[2], default);
        Action wrong = () => engine.Forward(TinyModels.Sequence([61]), new float[1], default);
        Action cancelled = () => engine.Forward(forest, new float[2], new CancellationToken(canceled: true));
        Action backward = () => engine.Backward([1, -1], default);
        foreach (Action failing in (Action[])[wrong, cancelled])
        {
            failing.Should().Throw<Exception>();
        }

        backward.Should().Throw<InvalidOperationException>();
        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(loaded);

        engine.Forward(forest, new float[2], default);
        Action cancelledBackward = () => engine.Backward([1, -1], new CancellationToken(canceled: true));
        cancelledBackward.Should().Throw<OperationCanceledException>();
        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(loaded);
        engine.GradientNorm().Should().Be(0);

        foreach (TorchTrainingEngine either in (TorchTrainingEngine[])[engine, fresh])
        {
            either.Forward(forest, new float[2], default);
            either.Backward([1, -1], default);
        }

        engine.GradientNorm().Should().BeApproximately(fresh.GradientNorm(), 1e-6).And.BeGreaterThan(0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void Cancelling_in_the_middle_of_a_pass_frees_what_it_made(int atAttention)
    {
        DecoderConfig config = TinyModels.Config("qwen2");
        TokenForest forest = TinyModels.Sequence(TinyModels.Tokens(1, 9, config));
        using TorchTrainingEngine engine = TorchModels.Trainer(config);
        using var model = new FullModel(config, new TinyModels.RandomSource(1), CPU, new EngineRequest());
        using var rotary = new RotaryTensors(config, CPU);
        var decoder = new TorchDecoder(config, ScalarType.Float32, model.Tensors, rotary);
        Run(new Interrupting(int.MaxValue, null));
        long loaded = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using var source = new CancellationTokenSource();
        Action cancelled = () => Run(new Interrupting(atAttention, source));
        cancelled.Should().Throw<OperationCanceledException>();
        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(loaded);

        void Run(Interrupting attention)
        {
            CancellationToken token = attention.Token;
            using DisposeScope scope = NewDisposeScope();
            ForestRows rows = PackedRows.Create(forest, config.PadTokenId, attention, CPU);
            new RecomputingPass(decoder, rows, token).Backward(ones(1), token);
        }
    }

    [Fact]
    public void Engines_of_different_settings_take_turns_and_one_may_be_disposed()
    {
        DecoderConfig config = TinyModels.Config("qwen2");
        TokenForest forest = TorchModels.Forests(config).ElementAt(3);
        TorchRewardEngine two = Scorer(threads: 2), one = Scorer(threads: 1);
        float[] first = TinyModels.Score(two, forest);
        get_num_threads().Should().Be(2);
        TorchModels.ShouldBeNear(TinyModels.Score(one, forest), first, 1e-5f, "threads");
        get_num_threads().Should().Be(1);
        one.Dispose();
        TinyModels.Score(two, forest).Should().Equal(first);
        get_num_threads().Should().Be(2);
        two.Dispose();

        TorchRewardEngine Scorer(int threads) => (TorchRewardEngine)new TorchSharpProvider().CreateScorer(
            config, new TinyModels.RandomSource(1), TorchModels.Request() with { Threads = threads });
    }

    [Fact]
    public void A_checkpoint_is_loaded_through_one_small_buffer()
    {
        DecoderConfig config = TinyModels.Config("one layer") with { VocabularySize = 90_000, HiddenSize = 96 };
        ParameterLayout.For(config)[0].Count.Should().BeGreaterThan(2 * HostStaging.Capacity);
        foreach (LoraOptions? lora in (LoraOptions?[])[null, new LoraOptions { Rank = 2 }])
        {
            var stored = new Counting(config);
            using ITrainingEngine engine = new TorchSharpProvider().CreateTrainer(config, stored, TorchModels.Request() with { Lora = lora });
            stored.Largest.Should().BeLessThanOrEqualTo(HostStaging.Capacity);
            stored.Rows.Should().Equal(ParameterLayout.For(config).ToDictionary(parameter => parameter.Name, parameter => parameter.Rows));
        }

        var scored = new Counting(config);
        using IRewardEngine scorer = new TorchSharpProvider().CreateScorer(config, scored, TorchModels.Request("bfloat16"));
        scored.Largest.Should().BeLessThanOrEqualTo(HostStaging.Capacity);
    }

    [Fact]
    public async Task Collecting_garbage_in_the_middle_of_calls_changes_no_number()
    {
        DecoderConfig config = TinyModels.Config("qwen3");
        TokenForest forest = TorchModels.Forests(config).ElementAt(3);
        using var done = new CancellationTokenSource();
        Task collecting = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        });
        try
        {
            foreach (string kernel in TorchModels.Kernels)
            {
                using TorchTrainingEngine engine = TorchModels.Trainer(config, kernel), again = TorchModels.Trainer(config, kernel);
                for (int step = 1; step <= 40; step++)
                {
                    float[] first = Step(engine, step), second = Step(again, step);
                    second.Should().Equal(first, "{0}, step {1}", kernel, step);
                }
            }
        }
        finally
        {
            await done.CancelAsync();
            await collecting;
        }

        float[] Step(TorchTrainingEngine engine, int step)
        {
            var rewards = new float[forest.Leaves.Length];
            engine.Forward(forest, rewards, default);
            engine.Backward([.. rewards.Select((_, i) => 0.7f - (0.4f * i))], default);
            engine.Step(new AdamWStep(step, 1e-3, 0.9, 0.999, 1e-8, 0.1, 1));
            return rewards;
        }
    }

    [Fact]
    public void Attention_is_the_fused_one_where_this_libtorch_has_it()
    {
        foreach (string? kernel in (string?[])[null, "float32", "bfloat16", "packed", "float32,padded", "math"])
        {
            TorchPlan plan = TorchPlan.Choose(TinyModels.Config("qwen2"), TorchModels.Request() with { Kernel = kernel });
            plan.Describe().Matmul.Should().StartWith(kernel != "math" && LibTorch.WhyNotFused is null ? "libtorch fused" : "libtorch math");
        }
    }

    [UnfusedFact]
    public void Fused_attention_that_is_not_there_is_refused_before_anything_is_loaded()
    {
        DecoderConfig config = TinyModels.Config("qwen2");
        var provider = new TorchSharpProvider();
        EngineRequest request = TorchModels.Request("fused");
        foreach (Action make in (Action[])
            [() => provider.Describe(config, request), () => provider.CreateScorer(config, null!, request), () => provider.CreateTrainer(config, null!, request)])
        {
            make.Should().Throw<DeviceException>().WithMessage("*'fused'*no attention of its own*2.0*'math'*");
        }
    }

    [Fact]
    public void A_device_that_is_not_there_is_a_typed_error_of_describing_too()
    {
        Action describe = () => new TorchSharpProvider().Describe(TinyModels.Config("qwen2"), TorchModels.Request(device: "cuda:99"));
        describe.Should().Throw<DeviceException>();
    }

    /// <summary>Attention that asks for the end at one of its calls.</summary>
    private sealed class Interrupting(int atCall, CancellationTokenSource? source) : IAttention
    {
        private readonly MathAttention _math = new();
        private int _calls;

        public CancellationToken Token => source?.Token ?? default;

        public Tensor Causal(Tensor queries, Tensor keys, Tensor values)
        {
            if (++_calls == atCall)
            {
                source!.Cancel();
            }

            return _math.Causal(queries, keys, values);
        }

        public Tensor Masked(Tensor queries, Tensor keys, Tensor values, Tensor mask) => _math.Masked(queries, keys, values, mask);

        public Tensor Mask(Tensor visible) => _math.Mask(visible);
    }

    /// <summary>Notes how parameters are read.</summary>
    private sealed class Counting(DecoderConfig config) : IStoredParameters
    {
        private readonly TinyModels.RandomSource _values = new(1);

        public int Largest { get; private set; }

        public Dictionary<string, int> Rows { get; } = ParameterLayout.For(config).ToDictionary(parameter => parameter.Name, _ => 0);

        public bool IsBFloat16(ParameterInfo parameter) => false;

        public void ReadRows(ParameterInfo parameter, int firstRow, Span<float> destination)
        {
            Rows[parameter.Name].Should().Be(firstRow);
            Rows[parameter.Name] += destination.Length / parameter.Columns;
            Largest = Math.Max(Largest, destination.Length);
            _values.Read(parameter, destination);
        }

        public void Read(ParameterInfo parameter, Span<float> destination)
        {
            parameter.Kind.Should().Be(ParameterKind.Head, "others are read in parts");
            _values.Read(parameter, destination);
        }
    }
}
