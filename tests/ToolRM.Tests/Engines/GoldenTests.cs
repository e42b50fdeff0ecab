using System.Text.Json;
using ToolRM.Checkpoints;
using ToolRM.Engines;
using ToolRM.Engines.Cpu;
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
                Difference(engine, ParameterPart.Gradient, model, "gradients.safetensors").Should().BeLessThan(1e-5);
            }

            engine.Step(new AdamWStep(
                step, Number(training, "learning_rate"), Number(training, "beta1"), Number(training, "beta2"), Number(training, "epsilon"),
                Number(training, "weight_decay"), Math.Min(1, Number(training, "max_norm") / (norm + 1e-6))));
            if (step == 1)
            {
                Difference(engine, ParameterPart.Value, model, "updated.safetensors").Should().BeLessThan(1e-5);
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

    /// <summary>The largest relative difference of a parameter, in the L2 norm.</summary>
    private static double Difference(CpuTrainingEngine engine, ParameterPart part, string model, string file)
    {
        using SafetensorsFile expected = SafetensorsFile.Open(Path.Combine(GoldenFolder.Of(model), file));
        return engine.Parameters.Max(parameter =>
        {
            float[] actual = new float[parameter.Count], golden = new float[parameter.Count];
            engine.Read(parameter, part, actual);
            expected.Read(expected.Tensors[parameter.Name], golden);
            return Math.Sqrt(actual.Zip(golden, (a, b) => Math.Pow(a - b, 2)).Sum() / golden.Sum(b => (double)b * b));
        });
    }

    private static JsonDocument Load(string model) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(GoldenFolder.Of(model), "golden.json")));

    private static int[] Ids(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(id => id.GetInt32())];

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();
}
