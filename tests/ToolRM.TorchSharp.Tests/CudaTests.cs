using ToolRM.Engines;
using ToolRM.Engines.Cpu;
using ToolRM.Models;
using ToolRM.Tests.Engines;
using ToolRM.TorchSharp.Training;

namespace ToolRM.TorchSharp.Tests;

[Trait("Category", "TorchSharp")]
public class CudaTests
{
    [CudaFact]
    public void Rewards_equal_those_of_the_managed_engine_in_float32_and_are_near_in_16_bits()
    {
        foreach (string shape in TinyModels.Shapes)
        {
            DecoderConfig config = TinyModels.Config(shape);
            using CpuRewardEngine managed = TinyModels.Scorer(config, threads: 1);
            foreach (string kernel in (string[])
                ["float32,math", "float32,memory-efficient", "bfloat16", "bfloat16,flash", "bfloat16,memory-efficient", "bfloat16,math", "float16"])
            {
                foreach (string layout in (string[])["packed", "padded"])
                {
                    EngineRequest request = TorchModels.Request($"{kernel},{layout}", "cuda:0");
                    if (Refused(config, request))
                    {
                        continue;
                    }

                    using TorchRewardEngine engine = TorchModels.Scorer(config, request.Kernel!, "cuda:0");
                    foreach (TokenForest forest in TorchModels.Forests(config))
                    {
                        TorchModels.ShouldBeNear(
                            TinyModels.Score(engine, forest), TinyModels.Score(managed, forest),
                            kernel.StartsWith("float32", StringComparison.Ordinal) ? 1e-4f : 0.2f, $"{shape}, {request.Kernel}");
                    }
                }
            }
        }
    }

    [CudaFact]
    public void Gradients_equal_those_of_the_managed_engine()
    {
        DecoderConfig config = TinyModels.Config("qwen3");
        using CpuTrainingEngine managed = TinyModels.Trainer(config, threads: 1);
        foreach (string kernel in (string[])["float32,math,packed", "float32,math,padded"])
        {
            using TorchTrainingEngine engine = TorchModels.Trainer(config, kernel, device: "cuda:0");
            foreach (TokenForest forest in TorchModels.Forests(config))
            {
                foreach (ITrainingEngine learner in (ITrainingEngine[])[managed, engine])
                {
                    var rewards = new float[forest.Leaves.Length];
                    learner.Forward(forest, rewards, default);
                    learner.Backward([.. rewards.Select((_, i) => 0.7f - (0.4f * i))], default);
                }

                engine.GradientNorm().Should().BeApproximately(managed.GradientNorm(), 1e-4 * managed.GradientNorm());
            }

            managed.Step(new AdamWStep(1, 0, 0.9, 0.999, 1e-8, 0, 1));
        }
    }

    /// <summary>Whether the selector says that a kernel cannot compute a shape: small heads, or flash with a mask.</summary>
    private static bool Refused(DecoderConfig config, EngineRequest request)
    {
        try
        {
            new TorchSharpProvider().Describe(config, request);
            return false;
        }
        catch (DeviceException)
        {
            return true;
        }
    }
}
