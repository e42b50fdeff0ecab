using ToolRM.Engines;
using ToolRM.Engines.Cpu;
using ToolRM.Models;
using ToolRM.Tests.Engines;
using ToolRM.TorchSharp.Training;
using TorchSharp;

namespace ToolRM.TorchSharp.Tests;

[Trait("Category", "TorchSharp")]
public class TorchTrainingTests
{
    [Theory]
    [MemberData(nameof(TinyModels.Shapes), MemberType = typeof(TinyModels))]
    public void Gradients_equal_those_of_the_managed_engine(string shape) => ShouldEqualManaged(shape, TorchModels.MathKernels);

    [FusedTheory]
    [MemberData(nameof(TinyModels.Shapes), MemberType = typeof(TinyModels))]
    public void Gradients_of_fused_attention_equal_those_of_the_managed_engine(string shape) => ShouldEqualManaged(shape, TorchModels.FusedKernels);

    [Theory]
    [InlineData("qwen2", false)]
    [InlineData("qwen3", true)]
    public void Fifty_steps_track_the_managed_engine(string shape, bool recomputes)
    {
        DecoderConfig config = TinyModels.Config(shape);
        var parameters = new SeededInitializer(3);
        using var managed = new CpuTrainingEngine(config, parameters, TinyModels.Plan(threads: 1));
        using ITrainingEngine engine = new TorchSharpProvider().CreateTrainer(
            config, parameters, TorchModels.Request() with { RecomputesActivations = recomputes });
        for (int step = 1; step <= 50; step++)
        {
            int[] prompt = TinyModels.Tokens(step % 7, 12, config);
            TokenForest forest = TinyModels.Tree(prompt, TinyModels.Tokens(100 + (step % 7), 5, config), TinyModels.Tokens(200 + (step % 7), 4, config));
            float[] expected = LearnPair(managed, forest, step), found = LearnPair(engine, forest, step);
            TorchModels.ShouldBeNear(found, expected, 1e-3f, $"step {step}");
        }

        foreach (ParameterInfo parameter in engine.Parameters)
        {
            TorchModels.ShouldBeNear(
                Part(engine, parameter, ParameterPart.Value), Part(managed, parameter, ParameterPart.Value), 1e-3f, parameter.Name);
        }
    }

    [Fact]
    public void A_step_computes_what_the_managed_engine_does_and_clears_gradients()
    {
        DecoderConfig config = TinyModels.Config("qwen2");
        using CpuTrainingEngine managed = TinyModels.Trainer(config, threads: 1);
        using TorchTrainingEngine engine = TorchModels.Trainer(config);
        foreach (ParameterInfo parameter in engine.Parameters)
        {
            foreach (ParameterPart part in (ParameterPart[])[ParameterPart.Gradient, ParameterPart.FirstMoment, ParameterPart.SecondMoment])
            {
                float[] values = [.. Enumerable.Range(0, (int)parameter.Count).Select(i => ((i % 17) - 8f) * (part == ParameterPart.SecondMoment ? 0 : 0.01f))];
                managed.Write(parameter, part, values);
                engine.Write(parameter, part, values);
                Part(engine, parameter, part).Should().Equal(values);
            }
        }

        var step = new AdamWStep(7, 0.01, 0.9, 0.95, 1e-8, 0.1, 0.5);
        managed.Step(step);
        engine.Step(step);
        engine.GradientNorm().Should().Be(0);
        foreach (ParameterInfo parameter in engine.Parameters)
        {
            foreach (ParameterPart part in Enum.GetValues<ParameterPart>())
            {
                TorchModels.ShouldBeNear(Part(engine, parameter, part), Part(managed, parameter, part), 2e-6f, $"{parameter.Name}, {part}");
            }
        }
    }

    [Fact]
    public void Products_in_bfloat16_still_learn_a_pair() => ShouldLearn("bfloat16,math");

    [FusedFact]
    public void Products_in_bfloat16_with_fused_attention_still_learn_a_pair() => ShouldLearn("bfloat16,fused");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_tensor_is_left_after_many_steps(bool recomputes)
    {
        DecoderConfig config = TinyModels.Config("one layer");
        ThreadDisposeScopeStatistics counts = DisposeScopeManager.Statistics;
        long before = counts.ThreadTotalLiveCount;
        using (TorchTrainingEngine engine = TorchModels.Trainer(config, recomputes: recomputes))
        {
            TokenForest forest = TinyModels.Tree(TinyModels.Tokens(1, 6, config), TinyModels.Tokens(2, 3, config), TinyModels.Tokens(3, 2, config));
            LearnPair(engine, forest, 1);
            long loaded = counts.ThreadTotalLiveCount;
            for (int step = 2; step <= 200; step++)
            {
                LearnPair(engine, forest, step);
            }

            counts.ThreadTotalLiveCount.Should().Be(loaded);
            engine.Forward(forest, new float[2], default);
            TinyModels.Score(engine, forest);
            counts.ThreadTotalLiveCount.Should().Be(loaded, "a new pass frees what one without its backward kept");
            Action cancelled = () => engine.Forward(forest, new float[2], new CancellationToken(canceled: true));
            cancelled.Should().Throw<OperationCanceledException>();
            counts.ThreadTotalLiveCount.Should().Be(loaded);
        }

        counts.ThreadTotalLiveCount.Should().Be(before);
    }

    [Fact]
    public void Backward_needs_a_forward()
    {
        DecoderConfig config = TinyModels.Config("llama");
        using TorchTrainingEngine engine = TorchModels.Trainer(config);
        TokenForest forest = TinyModels.Sequence([5, 6]);
        Action backward = () => engine.Backward([1f], default);
        backward.Should().Throw<InvalidOperationException>();
        engine.Forward(forest, new float[1], default);
        engine.Backward([1f], default);
        backward.Should().Throw<InvalidOperationException>();
        engine.Forward(forest, new float[1], default);
        TinyModels.Score(engine, forest);
        backward.Should().Throw<InvalidOperationException>("scoring ends the forward pass");
    }

    private static void ShouldLearn(string kernel)
    {
        DecoderConfig config = TinyModels.Config("whole tiles");
        using TorchTrainingEngine engine = TorchModels.Trainer(config, kernel);
        TokenForest forest = TinyModels.Tree(TinyModels.Tokens(1, 9, config), TinyModels.Tokens(2, 4, config), TinyModels.Tokens(3, 4, config));
        float[] rewards = LearnPair(engine, forest, 1);
        float first = rewards[0] - rewards[1];
        for (int step = 2; step <= 30; step++)
        {
            rewards = LearnPair(engine, forest, step);
        }

        (rewards[0] - rewards[1]).Should().BeGreaterThan(Math.Max(first, 0) + 3, "the loss falls with the difference");
    }

    /// <summary>Compares the gradients of each forest by itself, and of all together.</summary>
    private static void ShouldEqualManaged(string shape, IReadOnlyList<string> kernels)
    {
        DecoderConfig config = TinyModels.Config(shape);
        TokenForest[] forests = [.. TorchModels.Forests(config)];
        using CpuTrainingEngine managed = TinyModels.Trainer(config, threads: 1);
        foreach (string kernel in kernels)
        {
            foreach (bool recomputes in (bool[])[false, true])
            {
                using TorchTrainingEngine engine = TorchModels.Trainer(config, kernel, recomputes);
                for (int i = 0; i < forests.Length; i++)
                {
                    Accumulate(managed, forests[i]);
                    Accumulate(engine, forests[i]);
                    string because = $"{shape}, forests until {i}, recomputes {recomputes}, {kernel}";
                    engine.GradientNorm().Should().BeApproximately(managed.GradientNorm(), 1e-4 * managed.GradientNorm(), because);
                    foreach (ParameterInfo parameter in engine.Parameters)
                    {
                        TorchModels.ShouldBeNearInLength(
                            Part(engine, parameter, ParameterPart.Gradient), Part(managed, parameter, ParameterPart.Gradient), 1e-4,
                            least: 0.01 * managed.GradientNorm(), $"{parameter.Name}, {because}");
                    }
                }

                managed.Step(new AdamWStep(1, 0, 0.9, 0.999, 1e-8, 0, 1));
            }
        }
    }

    private static void Accumulate(ITrainingEngine engine, TokenForest forest)
    {
        var rewards = new float[forest.Leaves.Length];
        engine.Forward(forest, rewards, default);
        engine.Backward([.. rewards.Select((_, i) => 0.7f - (0.4f * i))], default);
    }

    /// <summary>One step towards a larger reward of the first leaf than of the second.</summary>
    private static float[] LearnPair(ITrainingEngine engine, TokenForest forest, int step)
    {
        var rewards = new float[2];
        engine.Forward(forest, rewards, default);
        float push = -1 / (1 + MathF.Exp(rewards[0] - rewards[1]));
        engine.Backward([push, -push], default);
        double norm = engine.GradientNorm();
        engine.Step(new AdamWStep(step, 1e-3, 0.9, 0.999, 1e-8, 0.01, Math.Min(1, 1 / norm)));
        return rewards;
    }

    private static float[] Part(ITrainingEngine engine, ParameterInfo parameter, ParameterPart part)
    {
        var values = new float[parameter.Count];
        engine.Read(parameter, part, values);
        return values;
    }
}
