using ToolRM.Engines;
using ToolRM.Engines.Cpu;
using ToolRM.Models;

namespace ToolRM.Tests.Engines;

public class GradientTests
{
    private static readonly float[] Upstream = [0.7f, -1.1f, 0.4f, 0.9f];

    /// <summary>Central differences on the double-precision reference, for several values of every parameter of the model.</summary>
    [Theory]
    [MemberData(nameof(TinyModels.Shapes), MemberType = typeof(TinyModels))]
    public void Gradient_of_every_parameter_equals_finite_differences(string shape)
    {
        DecoderConfig config = TinyModels.Config(shape);
        int[] prompt = TinyModels.Tokens(1, 11, config);
        int[][] candidates = [TinyModels.Tokens(2, 3, config), TinyModels.Tokens(3, 5, config)];
        int[] other = TinyModels.Tokens(4, 8, config), answer = TinyModels.Tokens(5, 2, config);
        int[][] sequences = [[.. prompt, .. candidates[0]], [.. prompt, .. candidates[1]], [.. other, .. answer]];
        var builder = new TokenForest.Builder();
        TinyModels.Add(builder, prompt, candidates);
        TinyModels.Add(builder, other, answer);
        TokenForest forest = builder.Build();

        var values = new Dictionary<string, float[]>();
        using CpuTrainingEngine engine = TinyModels.Trainer(config);
        foreach (ParameterInfo parameter in engine.Parameters)
        {
            engine.Read(parameter, ParameterPart.Value, values[parameter.Name] = new float[parameter.Count]);
        }

        var reference = new ReferenceDecoder(config, name => values[name]);
        double Objective() => sequences.Select((tokens, i) => Upstream[i] * reference.Score(tokens)).Sum();
        Backpropagate(engine, forest);
        foreach (ParameterInfo parameter in engine.Parameters)
        {
            var gradient = new float[parameter.Count];
            engine.Read(parameter, ParameterPart.Gradient, gradient);
            float[] array = values[parameter.Name];
            double scale = Math.Sqrt(gradient.Average(g => (double)g * g));
            scale.Should().BePositive("{0} matters", parameter.Name);
            foreach (int index in Indices(parameter, prompt))
            {
                float original = array[index], step = 1e-3f;
                array[index] = original + step;
                double above = Objective(), up = array[index];
                array[index] = original - step;
                double below = Objective(), down = array[index];
                array[index] = original;
                double expected = (above - below) / (up - down);
                ((double)gradient[index]).Should().BeApproximately(
                    expected, 1e-4 * (Math.Abs(expected) + scale), "{0}[{1}] of {2}", parameter.Name, index, shape);
            }
        }
    }

    [Theory]
    [MemberData(nameof(TinyModels.Shapes), MemberType = typeof(TinyModels))]
    public void Gradients_are_equal_with_and_without_prefix_sharing_on_every_kernel_and_any_number_of_threads(string shape)
    {
        DecoderConfig config = TinyModels.Config(shape);
        int[] prompt = TinyModels.Tokens(1, 70, config), chosen = TinyModels.Tokens(2, 13, config), rejected = TinyModels.Tokens(3, 20, config);
        var apart = new TokenForest.Builder();
        apart.Add(-1, [.. prompt, .. chosen], isLeaf: true);
        apart.Add(-1, [.. prompt, .. rejected], isLeaf: true);
        foreach (string kernel in TinyModels.Kernels)
        {
            using CpuTrainingEngine reference = TinyModels.Trainer(config, kernel, threads: 1);
            using CpuTrainingEngine one = TinyModels.Trainer(config, kernel, threads: 1), three = TinyModels.Trainer(config, kernel, threads: 3);
            Backpropagate(reference, apart.Build());
            Backpropagate(one, TinyModels.Tree(prompt, chosen, rejected));
            Backpropagate(three, TinyModels.Tree(prompt, chosen, rejected));
            foreach (ParameterInfo parameter in reference.Parameters)
            {
                float[] expected = Gradient(reference, parameter), actual = Gradient(one, parameter);
                double norm = Math.Sqrt(expected.Sum(g => (double)g * g));
                double difference = Math.Sqrt(expected.Zip(actual, (a, b) => Math.Pow(a - b, 2)).Sum());
                difference.Should().BeLessThan(1e-6 * norm, "{0} on {1}", parameter.Name, kernel);
                Gradient(three, parameter).Should().Equal(actual, "{0} on {1}, threads", parameter.Name, kernel);
            }
        }
    }

    /// <summary>Several blocks of rows, a tree of three levels, and a forest that is smaller than the one before it.</summary>
    [Theory]
    [MemberData(nameof(TinyModels.Shapes), MemberType = typeof(TinyModels))]
    public void Recomputed_activations_and_any_number_of_threads_give_the_same_bits(string shape)
    {
        DecoderConfig config = TinyModels.Config(shape);
        var deep = new TokenForest.Builder();
        int root = deep.Add(-1, TinyModels.Tokens(1, 150, config), isLeaf: false), middle = deep.Add(root, TinyModels.Tokens(2, 40, config), isLeaf: true);
        deep.Add(middle, TinyModels.Tokens(3, 33, config), isLeaf: true);
        deep.Add(root, TinyModels.Tokens(4, 1, config), isLeaf: true);
        deep.Add(-1, TinyModels.Tokens(5, 90, config), isLeaf: true);
        TokenForest[] forests = [deep.Build(), TinyModels.Sequence(TinyModels.Tokens(6, 17, config)), TinyModels.Sequence(TinyModels.Tokens(7, 1, config))];
        foreach (string kernel in TinyModels.Kernels)
        {
            using CpuTrainingEngine kept = TinyModels.Trainer(config, kernel, threads: 1);
            using CpuTrainingEngine recomputed = TinyModels.Trainer(config, kernel, threads: 1, recompute: true);
            using CpuTrainingEngine shared = TinyModels.Trainer(config, kernel, threads: 3, recompute: true);
            for (int step = 1; step <= forests.Length; step++)
            {
                var norms = new HashSet<double>();
                foreach (CpuTrainingEngine engine in (CpuTrainingEngine[])[kept, recomputed, shared])
                {
                    Backpropagate(engine, forests[step - 1]);
                    norms.Add(engine.GradientNorm());
                }

                norms.Should().ContainSingle("the norm is summed in one order, too");
                foreach (ParameterInfo parameter in kept.Parameters)
                {
                    float[] expected = Gradient(kept, parameter);
                    Gradient(recomputed, parameter).Should().Equal(expected, "{0} on {1}, recomputed", parameter.Name, kernel);
                    Gradient(shared, parameter).Should().Equal(expected, "{0} on {1}, recomputed on three threads", parameter.Name, kernel);
                }

                var update = new AdamWStep(step, 1e-3, 0.9, 0.95, 1e-8, 0.1, 1);
                kept.Step(update);
                recomputed.Step(update);
                shared.Step(update);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_step_allocates_nothing_per_token(bool recompute)
    {
        DecoderConfig config = TinyModels.Config("qwen3");
        using CpuTrainingEngine engine = TinyModels.Trainer(config, threads: 1, recompute: recompute);
        long Allocated(int length)
        {
            TokenForest forest = TinyModels.Sequence(TinyModels.Tokens(1, length, config));
            var rewards = new float[1];
            long least = long.MaxValue;
            for (int attempt = 0; attempt < 3; attempt++)
            {
                engine.Forward(forest, rewards, default);
                long before = GC.GetAllocatedBytesForCurrentThread();
                engine.Backward(Upstream.AsSpan(0, 1), default);
                engine.GradientNorm();
                engine.Step(new AdamWStep(1, 1e-3, 0.9, 0.95, 1e-8, 0, 1));
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            return least;
        }

        Allocated(700).Should().Be(Allocated(20));
        Allocated(700).Should().BeLessThan(4096);
    }

    [Fact]
    public void Backward_adds_to_the_gradients_and_Step_clears_them()
    {
        DecoderConfig config = TinyModels.Config("qwen2");
        using CpuTrainingEngine engine = TinyModels.Trainer(config);
        TokenForest forest = TinyModels.Tree(TinyModels.Tokens(1, 5, config), TinyModels.Tokens(2, 5, config));
        ParameterInfo head = engine.Parameters[^1];
        Backpropagate(engine, forest);
        float[] once = Gradient(engine, head);
        double norm = engine.GradientNorm();
        Backpropagate(engine, forest);
        Gradient(engine, head).Should().Equal(once.Select(g => 2 * g));
        engine.GradientNorm().Should().BeApproximately(2 * norm, 1e-6 * norm);
        engine.Step(new AdamWStep(1, 1e-3, 0.9, 0.95, 1e-8, 0, 1));
        engine.GradientNorm().Should().Be(0);
    }

    private static IEnumerable<int> Indices(ParameterInfo parameter, int[] usedTokens)
    {
        if (parameter.Kind == ParameterKind.Embedding)
        {
            return [(usedTokens[0] * parameter.Columns) + 1, (usedTokens[5] * parameter.Columns) + parameter.Columns - 1];
        }

        int count = (int)parameter.Count;
        return new[] { 0, count / 3, count - 1 }.Distinct();
    }

    private static float[] Gradient(CpuTrainingEngine engine, ParameterInfo parameter)
    {
        var gradient = new float[parameter.Count];
        engine.Read(parameter, ParameterPart.Gradient, gradient);
        return gradient;
    }

    private static void Backpropagate(CpuTrainingEngine engine, TokenForest forest)
    {
        engine.Forward(forest, new float[forest.Leaves.Length], default);
        engine.Backward(Upstream.AsSpan(0, forest.Leaves.Length), default);
    }
}
