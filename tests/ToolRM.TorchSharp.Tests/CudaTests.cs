using ToolRM.Engines;
using ToolRM.Engines.Cpu;
using ToolRM.Models;
using ToolRM.Tests.Engines;
using ToolRM.TorchSharp.Planning;
using ToolRM.TorchSharp.Training;
using static TorchSharp.torch;

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
            using CpuRewardEngine managed = TinyModels.Scorer(config);
            foreach (ScalarType compute in (ScalarType[])[ScalarType.Float32, ScalarType.BFloat16, ScalarType.Float16])
            {
                foreach (TorchPlan plan in TorchModels.Plans)
                {
                    using TorchRewardEngine engine = TorchModels.Scorer(config, plan with { Device = "cuda:0", Compute = compute });
                    foreach (TokenForest forest in TorchModels.Forests(config))
                    {
                        TorchModels.ShouldBeNear(
                            TinyModels.Score(engine, forest), TinyModels.Score(managed, forest), compute == ScalarType.Float32 ? 1e-4f : 0.2f,
                            $"{shape}, {compute}, {plan}");
                    }
                }
            }
        }
    }

    [CudaFact]
    public void Gradients_equal_those_of_the_managed_engine()
    {
        DecoderConfig config = TinyModels.Config("qwen3");
        using CpuTrainingEngine managed = TinyModels.Trainer(config);
        foreach (TorchPlan plan in TorchModels.Plans)
        {
            using TorchTrainingEngine engine = TorchModels.Trainer(config, plan with { Device = "cuda:0" });
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
}
