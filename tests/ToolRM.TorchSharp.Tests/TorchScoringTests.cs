using ToolRM.Engines;
using ToolRM.Engines.Cpu;
using ToolRM.Models;
using ToolRM.Tests.Engines;
using ToolRM.TorchSharp.Planning;

namespace ToolRM.TorchSharp.Tests;

[Trait("Category", "TorchSharp")]
public class TorchScoringTests
{
    [Theory]
    [MemberData(nameof(TinyModels.Shapes), MemberType = typeof(TinyModels))]
    public void Rewards_equal_those_of_the_managed_engine_on_every_plan(string shape)
    {
        DecoderConfig config = TinyModels.Config(shape);
        using CpuRewardEngine managed = TinyModels.Scorer(config);
        foreach (TorchPlan plan in TorchModels.Plans)
        {
            using TorchRewardEngine engine = TorchModels.Scorer(config, plan);
            foreach (TokenForest forest in TorchModels.Forests(config))
            {
                float[] expected = TinyModels.Score(managed, forest), found = TinyModels.Score(engine, forest);
                found.Should().HaveSameCount(expected);
                for (int i = 0; i < found.Length; i++)
                {
                    found[i].Should().BeApproximately(expected[i], 1e-4f, "{0}, leaf {1} of {2}, {3}", shape, i, found.Length, plan);
                }
            }
        }
    }
}
