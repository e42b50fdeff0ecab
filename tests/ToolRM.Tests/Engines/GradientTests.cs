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
