using System.Text.Json;
using ToolRM.Checkpoints;
using ToolRM.Engines;
using ToolRM.Engines.Cpu;
using ToolRM.Models;
using ToolRM.Tests.Golden;

namespace ToolRM.Tests.Engines;

/// <summary>The engine against the numbers of an independent PyTorch implementation (see Golden/README.md).</summary>
public class GoldenTests
{
    public static TheoryData<string, string> ModelsAndKernels()
    {
        var data = new TheoryData<string, string>();
        foreach (string model in GoldenFolder.Models)
        {
            foreach (string kernel in TinyModels.Kernels)
            {
                data.Add(model, kernel);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(ModelsAndKernels))]
    public void Rewards_equal_PyTorch(string model, string kernel)
    {
        using JsonDocument golden = Load(model);
        using Checkpoint checkpoint = Checkpoint.OpenFolder(GoldenFolder.Of(model));
        using var engine = new CpuRewardEngine(checkpoint.Config, checkpoint, TinyModels.Plan(kernel));
        foreach (JsonElement sequence in golden.RootElement.GetProperty("sequences").EnumerateArray())
        {
            double expected = sequence.GetProperty("reward").GetDouble();
            float reward = TinyModels.Score(engine, TinyModels.Sequence(Ids(sequence, "ids")))[0];
            ((double)reward).Should().BeApproximately(expected, 1e-5 * Math.Max(1, Math.Abs(expected)), sequence.GetProperty("name").GetString());
        }
    }

    [Theory]
    [MemberData(nameof(ModelsAndKernels))]
    public void One_training_step_equals_PyTorch(string model, string kernel)
    {
        using JsonDocument golden = Load(model);
        using Checkpoint checkpoint = Checkpoint.OpenFolder(GoldenFolder.Of(model));
        using var engine = new CpuTrainingEngine(checkpoint.Config, checkpoint, TinyModels.Plan(kernel));
        JsonElement training = golden.RootElement.GetProperty("training");
        double[] losses = [.. golden.RootElement.GetProperty("losses").EnumerateArray().Select(loss => loss.GetDouble())];
        for (int step = 1; step <= losses.Length; step++)
        {
            Backpropagate(engine, training).Should().BeApproximately(losses[step - 1], 1e-5 * losses[step - 1], "loss before step {0}", step);
            double norm = engine.GradientNorm();
            if (step == 1)
            {
                norm.Should().BeApproximately(training.GetProperty("gradient_norm").GetDouble(), 1e-5 * norm);
                foreach (ParameterInfo parameter in engine.Parameters)
                {
                    Difference(Actual(engine, parameter, ParameterPart.Gradient), Golden(model, "gradients", parameter))
                        .Should().BeLessThan(1e-5, "gradient of {0}", parameter.Name);
                }
            }

            engine.Step(new AdamWStep(
                step, Number(training, "learning_rate"), Number(training, "beta1"), Number(training, "beta2"), Number(training, "epsilon"),
                Number(training, "weight_decay"), Math.Min(1, Number(training, "max_norm") / (norm + 1e-6))));
            if (step == 1)
            {
                foreach (ParameterInfo parameter in engine.Parameters)
                {
                    ShouldBeUpdated(
                        Actual(engine, parameter, ParameterPart.Value), Golden(model, "updated", parameter),
                        Golden(model, "gradients", parameter), Number(training, "learning_rate"), parameter.Name);
                }
            }
        }
    }

    /// <summary>Forward and backward of the pairs as trees; the loss, written out once more.</summary>
    private static double Backpropagate(CpuTrainingEngine engine, JsonElement training)
    {
        JsonElement[] pairs = [.. training.GetProperty("pairs").EnumerateArray()];
        var builder = new TokenForest.Builder();
        foreach (JsonElement pair in pairs)
        {
            TinyModels.Add(builder, Ids(pair, "prompt"), Ids(pair, "chosen"), Ids(pair, "rejected"));
        }

        float[] rewards = new float[2 * pairs.Length], gradients = new float[rewards.Length];
        engine.Forward(builder.Build(), rewards, default);
        double loss = 0, eta = Number(training, "eta");
        for (int i = 0; i < pairs.Length; i++)
        {
            double chosen = rewards[2 * i], rejected = rewards[(2 * i) + 1], difference = chosen - rejected - Number(pairs[i], "margin");
            loss += (Math.Log(1 + Math.Exp(-difference)) + (eta * Math.Pow(chosen + rejected, 2))) / pairs.Length;
            double slope = -1 / (1 + Math.Exp(difference)), centre = 2 * eta * (chosen + rejected);
            gradients[2 * i] = (float)((slope + centre) / pairs.Length);
            gradients[(2 * i) + 1] = (float)((-slope + centre) / pairs.Length);
        }

        engine.Backward(gradients, default);
        return loss;
    }

    /// <summary>
    /// The first step of AdamW moves a value by the learning rate times nearly the sign of its gradient, so a gradient that
    /// is itself a rounding error may move it either way. All others must agree.
    /// </summary>
    private static void ShouldBeUpdated(float[] actual, float[] golden, float[] gradient, double learningRate, string name)
    {
        float largest = gradient.Max(MathF.Abs);
        int[] clear = [.. Enumerable.Range(0, actual.Length).Where(i => gradient[i] == 0 || MathF.Abs(gradient[i]) > 1e-4f * largest)];
        clear.Length.Should().BeGreaterThan(actual.Length * 2 / 3);
        Difference([.. clear.Select(i => actual[i])], [.. clear.Select(i => golden[i])]).Should().BeLessThan(1e-6, "value of {0}", name);
        actual.Zip(golden, (x, y) => (double)MathF.Abs(x - y)).Max().Should().BeLessThan(2.1 * learningRate, "value of {0}", name);
    }

    /// <summary>The difference relative to the expected values, in the L2 norm.</summary>
    private static double Difference(float[] actual, float[] golden) =>
        Math.Sqrt(actual.Zip(golden, (a, b) => Math.Pow(a - b, 2)).Sum() / golden.Sum(b => (double)b * b));

    private static float[] Actual(CpuTrainingEngine engine, ParameterInfo parameter, ParameterPart part)
    {
        var values = new float[parameter.Count];
        engine.Read(parameter, part, values);
        return values;
    }

    private static float[] Golden(string model, string file, ParameterInfo parameter)
    {
        using SafetensorsFile tensors = SafetensorsFile.Open(Path.Combine(GoldenFolder.Of(model), $"{file}.safetensors"));
        var values = new float[parameter.Count];
        tensors.Read(tensors.Tensors[parameter.Name], values);
        return values;
    }

    private static JsonDocument Load(string model) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(GoldenFolder.Of(model), "golden.json")));

    private static int[] Ids(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(id => id.GetInt32())];

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();
}
